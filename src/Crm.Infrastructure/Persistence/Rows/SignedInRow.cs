namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>What an account signs in to.</summary>
internal sealed class SignedInRow
{
    public required string Login { get; init; }

    public required long ConnectionId { get; init; }

    public required string SecurityStamp { get; init; }
}
