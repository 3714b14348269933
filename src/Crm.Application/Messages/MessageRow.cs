namespace Crm.Application.Messages;

/// <summary>A stored message as callers see it.</summary>
public sealed class MessageRow
{
    /// <summary>The database id; grows. 0 while an answer waits to be sent and there is no message yet.</summary>
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    /// <summary>The text; a caption for media; "" where there is none.</summary>
    public required string Message { get; init; }

    /// <summary>1 for what we sent, 0 for what we received.</summary>
    public required int Answer { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The dialog's marked id: the Telegram id of the other side.</summary>
    public required long UserId { get; init; }

    /// <summary>Telegram's id of it; null while an answer waits to be sent.</summary>
    public int? MessageId { get; init; }

    /// <summary>Unix seconds of the last edit.</summary>
    public long? EditedAt { get; init; }

    /// <summary>Unix seconds at which we learnt that it was deleted in Telegram; the text stays readable.</summary>
    public long? DeletedAt { get; init; }

    /// <summary>How many earlier wordings are kept.</summary>
    public int Revisions { get; init; }

    public override string ToString() => $"Message row {Id}";
}

/// <summary>What a message said before an edit.</summary>
public sealed class MessageRevision
{
    /// <summary>The text it had.</summary>
    public required string Message { get; init; }

    /// <summary>Unix seconds of the edit that brought this wording; null for the first one.</summary>
    public long? EditedAt { get; init; }

    /// <summary>Unix seconds at which we learnt of the edit that replaced it.</summary>
    public required long ReplacedAt { get; init; }

    public override string ToString() => nameof(MessageRevision);
}
