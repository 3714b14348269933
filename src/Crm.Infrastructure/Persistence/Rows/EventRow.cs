using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>events</c>.</summary>
internal sealed class EventRow
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required long ConnectionId { get; init; }

    public required string Type { get; init; }

    public long? MessageRowId { get; init; }

    public required string Data { get; init; }

    public required long CreatedMs { get; init; }

    public StoredEvent ToEvent() => new(Id, AccountId, ConnectionId, Type, MessageRowId, Data, CreatedMs / 1000);
}
