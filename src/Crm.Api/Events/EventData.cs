using Crm.Api.Documentation;
using Crm.Api.Messages;
using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;

namespace Crm.Api.Events;

// What events carry, for the OpenAPI document; EventPayloads writes it.

/// <summary>A message as it was when it happened.</summary>
internal sealed class MessageData
{
    /// <summary>The message's row.</summary>
    public required MessageResponse Message { get; init; }
}

/// <summary>A message after an edit, and its wording before.</summary>
internal sealed class MessageEditedData
{
    /// <summary>The message's row.</summary>
    public required MessageResponse Message { get; init; }

    /// <summary>What it said before.</summary>
    public required PreviousWording Previous { get; init; }
}

/// <summary>What a message said before an edit.</summary>
internal sealed class PreviousWording
{
    /// <summary>The text.</summary>
    public required string Message { get; init; }

    /// <summary>Unix seconds of the edit it came from; null: it was the first wording.</summary>
    public required long? EditedAt { get; init; }
}

/// <summary>How far a dialog was read.</summary>
internal sealed class DialogReadData
{
    /// <summary>The dialog's id.</summary>
    public required long IdUser { get; init; }

    /// <summary>inbox: we have read; outbox: the other side has.</summary>
    [OneOf("inbox", "outbox")]
    public required string Box { get; init; }

    /// <summary>Telegram's id of the last message that was read.</summary>
    public required long MessageId { get; init; }

    /// <summary>How many are left unread, where that is known.</summary>
    public required int? UnreadCount { get; init; }
}

/// <summary>A send that waits.</summary>
internal class SendQueuedData
{
    /// <summary>The send's id, as telegram_send answered it.</summary>
    public required long SendId { get; init; }

    /// <summary>The dialog's id.</summary>
    public required long IdUser { get; init; }
}

/// <summary>A send that Telegram has.</summary>
internal sealed class SendSentData : SendQueuedData
{
    /// <summary>The message's row; null where Telegram doesn't say as which message it took it.</summary>
    public required MessageResponse? Message { get; init; }
}

/// <summary>A send that has failed.</summary>
internal sealed class SendFailedData : SendQueuedData
{
    /// <summary>Why, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Reason { get; init; }
}

/// <summary>A change of a connection's state.</summary>
internal sealed class ConnectionStatusData
{
    /// <summary>The state now.</summary>
    public required ConnectionStatus Status { get; init; }

    /// <summary>The state before.</summary>
    public required ConnectionStatus Previous { get; init; }
}

/// <summary>Whether Telegram can be reached.</summary>
internal sealed class ConnectionTelegramData
{
    /// <summary>While it is away, sends are queued.</summary>
    [OneOf("reachable", "away")]
    public required string Telegram { get; init; }
}

/// <summary>How far an import has come.</summary>
internal sealed class ImportProgressData
{
    /// <summary>The import's id.</summary>
    public required long ImportId { get; init; }

    /// <summary>The dialog's id.</summary>
    public required long IdUser { get; init; }

    /// <summary>running; interrupted: it goes on by itself; done; failed.</summary>
    public required ImportState State { get; init; }

    /// <summary>Messages it has stored.</summary>
    public required long Stored { get; init; }

    /// <summary>How many messages the dialog has, as Telegram reports it.</summary>
    public required int? Total { get; init; }

    /// <summary>Messages stored in a second of work.</summary>
    public required double? Rate { get; init; }

    /// <summary>Seconds until it is done at that rate; null when unknown.</summary>
    public required long? SecondsLeft { get; init; }

    /// <summary>When it began, in Unix seconds.</summary>
    public required long StartedAt { get; init; }

    /// <summary>When it last stored something, in Unix seconds.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>Why it failed or was interrupted; null otherwise.</summary>
    public required string? ErrorCode { get; init; }

    /// <summary>Whether all of the dialog is stored.</summary>
    public required bool Done { get; init; }
}
