using Crm.Api.Problems;
using Crm.Application.AccountAuth;
using Crm.Application.ApiKeys;
using Crm.Application.Events;
using Crm.Application.GetRevisions;
using Crm.Application.Imports;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Application.TelegramSend;
using Crm.Application.Webhooks;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Api.Documentation;

/// <summary>Every code there is, as an answer that holds it.</summary>
internal static class ErrorCatalog
{
    private static readonly TimeSpan SomeWait = TimeSpan.FromSeconds(42);

    private static readonly Error[] OfTheApplication =
    [
        Error.Validation("answer", "'answer' must not be empty."),
        AccountErrors.PasswordWrong, AccountErrors.TooManyTries, AccountErrors.NotFound, AccountErrors.Busy,
        ApiKeyErrors.NotFound, ApiKeyErrors.TooMany,
        EventErrors.IdUnknown, EventErrors.TooManyStreams, EventErrors.Gone(17),
        ImportErrors.NotFound, ImportErrors.TooMany, ImportErrors.Paused,
        MessageErrors.NotFound,
        Messenger.Unsupported,
        SendErrors.NotFound, SendErrors.IdempotencyConflict, SendErrors.TextLost,
        WebhookErrors.NotFound, WebhookErrors.TooMany,
    ];

    private static readonly Error[] OfTelegram =
    [
        TelegramErrors.CodeInvalid with { Facts = new Dictionary<string, long>(StringComparer.Ordinal) { ["tries_left"] = 4 } },
        TelegramErrors.CodeExpired, TelegramErrors.PasswordInvalid, TelegramErrors.SignUpRequired, TelegramErrors.PhoneInvalid,
        TelegramErrors.PhoneBanned, TelegramErrors.ApiIdInvalid, TelegramErrors.MessageInvalid, TelegramErrors.PreauthRequired,
        TelegramErrors.CodeNotRequested,
        TelegramErrors.NoTriesLeft with { Facts = new Dictionary<string, long>(StringComparer.Ordinal) { ["tries_left"] = 0 } },
        TelegramErrors.TooManyTries, TelegramErrors.NoOtherWay, TelegramErrors.PasswordRequired, TelegramErrors.NotAuthorized, TelegramErrors.SessionRevoked,
        TelegramErrors.AnotherUser, TelegramErrors.StateChanged, Connection.StateConflict(ConnectionStatus.Revoked),
        TelegramErrors.WriteForbidden, TelegramErrors.PeerFlood, TelegramErrors.DialogNotFound, TelegramErrors.Unreachable,
        TelegramErrors.OwnedElsewhere, TelegramErrors.Failed, TelegramErrors.ResendTooEarly(SomeWait), TelegramErrors.FloodWait(SomeWait),
        TelegramErrors.Refused("CHAT_SEND_POLL_FORBIDDEN"),
    ];

    private static readonly Problem[] OfTheServer =
    [
        .. new[] { 400, 401, 403, 404, 405, 408, 413, 415, 429, 500 }.Select(StatusProblems.For),
        StatusProblems.TokenInvalid,
        ExceptionProblems.Describe(new StorageUnavailableException(StorageTrouble.Unreachable, "The database is away.")),
        ExceptionProblems.Describe(new StorageUnavailableException(StorageTrouble.KeysMissing, "The keys are gone.")),
    ];

    private static readonly Dictionary<string, Problem> ByCode = OfTheServer
        .Concat(OfTheApplication.Concat(OfTelegram).Select(error => error.ToProblem()))
        .ToDictionary(problem => problem.Code, StringComparer.Ordinal);

    public static IReadOnlyCollection<Problem> All => ByCode.Values;

    /// <summary>A code that no error has is a mistake in the attribute that names it.</summary>
    /// <exception cref="InvalidOperationException">There is no such code.</exception>
    public static Problem Find(string code) =>
        ByCode.GetValueOrDefault(code) ?? throw new InvalidOperationException($"No error has the code {code}.");
}
