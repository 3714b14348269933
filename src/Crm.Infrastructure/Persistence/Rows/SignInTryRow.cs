using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A count of wrong tries as a row holds it.</summary>
internal sealed class SignInTryRow
{
    public required byte[] Subject { get; init; }

    public required int Failures { get; init; }

    public required long BlockedMs { get; init; }

    public required long LastMs { get; init; }

    public SignInTries ToTries() => new(
        Subject, Failures, DateTimeOffset.FromUnixTimeMilliseconds(BlockedMs), DateTimeOffset.FromUnixTimeMilliseconds(LastMs));
}
