using System.Text;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>webhooks</c>, its secret still encrypted.</summary>
internal sealed class WebhookRow
{
    public const string Columns = """
        id AS Id, account_id AS AccountId, url AS Url, secret AS Secret, events AS Events, active AS Active,
        disabled_reason AS DisabledReason, [cursor] AS [Cursor], failures AS Failures, next_try_ms AS NextTryMs,
        failing_since_ms AS FailingSinceMs, created_ms AS CreatedMs, version AS Version
        """;

    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Url { get; init; }

    public required byte[] Secret { get; init; }

    public required string Events { get; init; }

    public required bool Active { get; init; }

    public string? DisabledReason { get; init; }

    public required long Cursor { get; init; }

    public required int Failures { get; init; }

    public required long NextTryMs { get; init; }

    public long? FailingSinceMs { get; init; }

    public required long CreatedMs { get; init; }

    public required int Version { get; init; }

    public static string EventsText(IReadOnlyList<string> events) => string.Join(',', events);

    public Webhook ToWebhook(ISecretProtector secrets) => new()
    {
        Id = Id,
        AccountId = AccountId,
        Url = Url,
        Secret = FindSecret(secrets),
        Events = Events.Split(',', StringSplitOptions.RemoveEmptyEntries),
        IsActive = Active,
        DisabledReason = DisabledReason,
        Cursor = Cursor,
        Failures = Failures,
        NextTryAt = DateTimeOffset.FromUnixTimeMilliseconds(NextTryMs),
        FailingSince = FailingSinceMs is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs),
        Version = Version,
    };

    /// <summary>One whose keys are missing must hide neither the webhook nor others.</summary>
    private string? FindSecret(ISecretProtector secrets)
    {
        try
        {
            return Encoding.UTF8.GetString(secrets.Unprotect(SecretKind.WebhookSecret, Secret));
        }
        catch (StorageUnavailableException exception) when (exception.Trouble is StorageTrouble.KeysMissing)
        {
            return null;
        }
    }
}
