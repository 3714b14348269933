using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.Ports.Telegram;

/// <summary>
/// Telegram, as the CRM needs it. Every method connects when it has to, from the session in
/// <see cref="Storage.IConnectionStore"/>, and answers expected trouble with one of <see cref="Application.Telegram.TelegramErrors"/>.
/// </summary>
public interface ITelegramGateway
{
    /// <summary>Connects and says who is signed in; null when nobody is.</summary>
    Task<Result<TelegramUser?>> ConnectAsync(Connection connection, CancellationToken cancellationToken);

    Task<Result<SentCode>> SendCodeAsync(Connection connection, CancellationToken cancellationToken);

    Task<Result<SentCode>> ResendCodeAsync(Connection connection, string phoneCodeHash, CancellationToken cancellationToken);

    Task<Result<SignInOutcome>> SignInAsync(
        Connection connection, string phoneCodeHash, string code, CancellationToken cancellationToken);

    Task<Result<TelegramUser>> CheckPasswordAsync(
        Connection connection, string cloudPassword, CancellationToken cancellationToken);

    /// <summary>Signs out in Telegram and lets go of the session; Telegram's refusal changes nothing about that.</summary>
    Task<Result> SignOutAsync(Connection connection, CancellationToken cancellationToken);

    /// <summary>All dialogs, every page of them.</summary>
    Task<Result<IReadOnlyList<TelegramDialog>>> GetDialogsAsync(Connection connection, CancellationToken cancellationToken);

    /// <summary>One page of a dialog, newest first.</summary>
    Task<Result<HistoryPage>> GetHistoryAsync(
        Connection connection, DialogPeer peer, HistorySlice slice, int limit, CancellationToken cancellationToken);

    /// <summary>Sends a text. Telegram takes a <paramref name="randomId"/> once, so the same one may be sent again without harm.</summary>
    Task<Result<SentMessage>> SendMessageAsync(
        Connection connection, DialogPeer peer, string text, long randomId, CancellationToken cancellationToken);

    /// <summary>Marks a dialog as read up to a message; what is newer stays unread.</summary>
    Task<Result<bool>> ReadHistoryAsync(Connection connection, DialogPeer peer, int upToMessageId, CancellationToken cancellationToken);

    /// <summary>Keeps every new message from here on; one that is already kept listening to is left as it is.</summary>
    Task<Result> StartListeningAsync(Connection connection, CancellationToken cancellationToken);

    Task StopListeningAsync(long connectionId, CancellationToken cancellationToken);
}
