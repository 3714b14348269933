using Crm.Application.Messages;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>message_revisions</c>.</summary>
internal sealed class RevisionRow
{
    public required string Message { get; init; }

    public long? EditedAt { get; init; }

    public required long ReplacedMs { get; init; }

    public MessageRevision ToRevision() => new() { Message = Message, EditedAt = EditedAt, ReplacedAt = ReplacedMs / 1000 };
}
