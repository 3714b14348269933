using Crm.Application.Ports.Storage;
using Crm.Domain.Access;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>An API key as a row holds it.</summary>
internal sealed class ApiKeyRow
{
    public const string Columns = """
        id AS Id, account_id AS AccountId, name AS Name, hint AS Hint, scopes AS Scopes, addresses AS Addresses,
        created_ms AS CreatedMs, expires_ms AS ExpiresMs, used_ms AS UsedMs
        """;

    private const char Separator = '\n';

    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Name { get; init; }

    public required string Hint { get; init; }

    public required int Scopes { get; init; }

    public required string Addresses { get; init; }

    public required long CreatedMs { get; init; }

    public long? ExpiresMs { get; init; }

    public long? UsedMs { get; init; }

    public static string AddressesText(IReadOnlyList<string> addresses) => string.Join(Separator, addresses);

    public ApiKey ToApiKey() => new(
        Id, AccountId, Name, Hint, (AccessScopes)Scopes & AccessScopes.All,
        Addresses.Split(Separator, StringSplitOptions.RemoveEmptyEntries),
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs),
        ExpiresMs is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) : null,
        UsedMs is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null);
}
