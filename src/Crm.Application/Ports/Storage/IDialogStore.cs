using Crm.Application.Ports.Telegram;

namespace Crm.Application.Ports.Storage;

/// <summary>The peers a connection knows, and the state of their dialogs.</summary>
public interface IDialogStore
{
    /// <summary>Adds or refreshes dialogs. An access hash is kept where Telegram gives none.</summary>
    Task SaveAsync(long connectionId, IReadOnlyList<TelegramDialog> dialogs, CancellationToken cancellationToken);

    /// <summary>How to address a peer; null when the connection has never met it.</summary>
    Task<DialogPeer?> FindPeerAsync(long connectionId, long dialogId, CancellationToken cancellationToken);

    /// <summary>All peers that can be addressed, for a gateway that keeps access hashes.</summary>
    Task<IReadOnlyList<TelegramPeer>> ListPeersAsync(long connectionId, CancellationToken cancellationToken);
}
