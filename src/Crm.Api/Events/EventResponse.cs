using System.Text.Json.Serialization;
using Crm.Application.Ports.Storage;

namespace Crm.Api.Events;

/// <summary>Something that happened; type says what, and what data holds. More types may come: pass over those you do not know.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MessageReceived), EventTypes.MessageReceived)]
[JsonDerivedType(typeof(MessageSent), EventTypes.MessageSent)]
[JsonDerivedType(typeof(MessageEdited), EventTypes.MessageEdited)]
[JsonDerivedType(typeof(MessageDeleted), EventTypes.MessageDeleted)]
[JsonDerivedType(typeof(DialogRead), EventTypes.DialogRead)]
[JsonDerivedType(typeof(SendQueued), EventTypes.SendQueued)]
[JsonDerivedType(typeof(SendSent), EventTypes.SendSent)]
[JsonDerivedType(typeof(SendFailed), EventTypes.SendFailed)]
[JsonDerivedType(typeof(ConnectionStatusChanged), EventTypes.ConnectionStatus)]
[JsonDerivedType(typeof(ConnectionTelegram), EventTypes.ConnectionTelegram)]
[JsonDerivedType(typeof(ImportProgress), EventTypes.ImportProgress)]
internal abstract class EventResponse
{
    /// <summary>Grows.</summary>
    public required long Id { get; init; }

    /// <summary>Of the meaning of data's fields.</summary>
    public required int Version { get; init; }

    /// <summary>The account's id.</summary>
    public required long IdAccount { get; init; }

    /// <summary>The messenger connection's row.</summary>
    public required long IdConnection { get; init; }

    /// <summary>Unix seconds at which it was stored.</summary>
    public required long Timestamp { get; init; }
}

/// <summary>A customer wrote.</summary>
internal sealed class MessageReceived : EventResponse
{
    /// <summary>The message.</summary>
    public required MessageData Data { get; init; }
}

/// <summary>The account wrote, here or on another device.</summary>
internal sealed class MessageSent : EventResponse
{
    /// <summary>The message.</summary>
    public required MessageData Data { get; init; }
}

/// <summary>A message was edited.</summary>
internal sealed class MessageEdited : EventResponse
{
    /// <summary>The message, and what it said before.</summary>
    public required MessageEditedData Data { get; init; }
}

/// <summary>A message was deleted in Telegram; its row stays.</summary>
internal sealed class MessageDeleted : EventResponse
{
    /// <summary>The message.</summary>
    public required MessageData Data { get; init; }
}

/// <summary>A dialog was read, by us or by the other side.</summary>
internal sealed class DialogRead : EventResponse
{
    /// <summary>How far.</summary>
    public required DialogReadData Data { get; init; }
}

/// <summary>A send waits until Telegram can be reached.</summary>
internal sealed class SendQueued : EventResponse
{
    /// <summary>The send.</summary>
    public required SendQueuedData Data { get; init; }
}

/// <summary>Telegram took a send.</summary>
internal sealed class SendSent : EventResponse
{
    /// <summary>The send.</summary>
    public required SendSentData Data { get; init; }
}

/// <summary>A send has failed for good.</summary>
internal sealed class SendFailed : EventResponse
{
    /// <summary>The send, and why.</summary>
    public required SendFailedData Data { get; init; }
}

/// <summary>The sign-in to Telegram changed its state.</summary>
internal sealed class ConnectionStatusChanged : EventResponse
{
    /// <summary>The states.</summary>
    public required ConnectionStatusData Data { get; init; }
}

/// <summary>Telegram can, or can't, be reached.</summary>
internal sealed class ConnectionTelegram : EventResponse
{
    /// <summary>Which of both.</summary>
    public required ConnectionTelegramData Data { get; init; }
}

/// <summary>An import began, went on or ended.</summary>
internal sealed class ImportProgress : EventResponse
{
    /// <summary>Its figures.</summary>
    public required ImportProgressData Data { get; init; }
}
