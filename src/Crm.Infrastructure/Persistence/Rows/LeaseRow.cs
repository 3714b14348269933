namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>leases</c>.</summary>
internal sealed class LeaseRow
{
    public long Token { get; init; }

    public required string Host { get; init; }

    public int ProcessId { get; init; }

    public long Started { get; init; }

    public required string Instance { get; init; }

    public long ExpiresMs { get; init; }
}
