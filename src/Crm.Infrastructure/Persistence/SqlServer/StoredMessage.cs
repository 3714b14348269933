using Crm.Application.Messages;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>A row of <c>messages</c>.</summary>
internal sealed record StoredMessage
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required long ConnectionId { get; init; }

    public required long DialogId { get; init; }

    public required int MessageId { get; init; }

    public required bool Outgoing { get; init; }

    public required string Text { get; init; }

    public required long Date { get; init; }

    public long? EditedAt { get; init; }

    public long? DeletedAt { get; init; }

    public required int Revisions { get; init; }

    public MessageRow ToRow(string messenger) => new()
    {
        Id = Id,
        AccountId = AccountId,
        Messenger = messenger,
        UserId = DialogId,
        MessageId = MessageId,
        Answer = Outgoing ? 1 : 0,
        Message = Text,
        Timestamp = Date,
        EditedAt = EditedAt,
        DeletedAt = DeletedAt,
        Revisions = Revisions,
    };

    public override string ToString() => $"Stored message {Id}";
}
