using Crm.Application.Ports.Telegram;

namespace Crm.Application.Ports.Storage;

/// <summary>The peers a connection knows, and the state of their dialogs.</summary>
public interface IDialogStore
{
    /// <summary>Adds or refreshes dialogs. An access hash is kept where Telegram gives none.</summary>
    Task SaveAsync(long connectionId, IReadOnlyList<TelegramDialog> dialogs, CancellationToken cancellationToken);

    /// <summary>How to address a peer; null when the connection has never met it.</summary>
    Task<DialogPeer?> FindPeerAsync(long connectionId, long dialogId, CancellationToken cancellationToken);

    /// <summary>Dialogs in the order of their ids, behind one; those of peers that were only named somewhere are none.</summary>
    Task<IReadOnlyList<StoredDialog>> ListAsync(long connectionId, long? afterDialogId, int limit, CancellationToken cancellationToken);

    /// <summary>All peers that can be addressed, for a gateway that keeps access hashes.</summary>
    Task<IReadOnlyList<TelegramPeer>> ListPeersAsync(long connectionId, CancellationToken cancellationToken);
}

/// <summary>A dialog as far as it is stored.</summary>
/// <param name="Peer">Whom it is with.</param>
/// <param name="UnreadCount">How many messages nobody has read, as Telegram said last.</param>
/// <param name="LastMessage">What its last message says; null where there is none, or where it isn't stored.</param>
/// <param name="LastDate">When its last message was written, in Unix seconds, whether stored or not.</param>
public sealed record StoredDialog(TelegramPeer Peer, int UnreadCount, string? LastMessage, long? LastDate);
