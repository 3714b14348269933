namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>Whose messages a connection brings.</summary>
internal sealed class MessageOwnerRow
{
    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    public long? ListeningSinceMs { get; init; }
}
