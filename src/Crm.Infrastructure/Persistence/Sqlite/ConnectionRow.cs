using System.Text;
using Crm.Application.Ports.Security;
using Crm.Domain.Connections;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>A row of <c>connections</c>, its secrets still encrypted.</summary>
internal sealed class ConnectionRow
{
    public const string Columns = """
        id AS Id, account_id AS AccountId, messenger AS Messenger, phone AS Phone, api_id AS ApiId, api_hash AS ApiHash,
        status AS Status, telegram_user_id AS TelegramUserId, phone_code_hash AS PhoneCodeHash, code_type AS CodeType,
        code_length AS CodeLength, code_next_type AS CodeNextType, code_timeout AS CodeTimeout, code_sent_ms AS CodeSentMs,
        listening_since_ms AS ListeningSinceMs, version AS Version
        """;

    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    public string? Phone { get; init; }

    public required int ApiId { get; init; }

    public required byte[] ApiHash { get; init; }

    public required string Status { get; init; }

    public long? TelegramUserId { get; init; }

    public byte[]? PhoneCodeHash { get; init; }

    public string? CodeType { get; init; }

    public int? CodeLength { get; init; }

    public string? CodeNextType { get; init; }

    public int? CodeTimeout { get; init; }

    public long? CodeSentMs { get; init; }

    public long? ListeningSinceMs { get; init; }

    public required int Version { get; init; }

    public static string StatusText(ConnectionStatus status) => status switch
    {
        ConnectionStatus.Disconnected => "disconnected",
        ConnectionStatus.CodeRequired => "code_required",
        ConnectionStatus.PasswordRequired => "password_required",
        ConnectionStatus.Authorized => "authorized",
        ConnectionStatus.Revoked => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    public Connection ToConnection(ISecretProtector secrets) => new()
    {
        Id = Id,
        AccountId = AccountId,
        Messenger = Domain.Connections.Messenger.Parse(Messenger).Value,
        Phone = Domain.Connections.Phone.TryParse(Phone, out var phone) ? phone : null,
        ApiId = ApiId,
        ApiHash = Reveal(secrets, SecretKind.ApiHash, ApiHash),
        Status = Enum.GetValues<ConnectionStatus>().Single(status => StatusText(status) == Status),
        PendingCode = PhoneCodeHash is null ? null : ToPendingCode(secrets, PhoneCodeHash),
        TelegramUserId = TelegramUserId,
        ListeningSince = ListeningSinceMs is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
        Version = Version,
    };

    private PendingCode ToPendingCode(ISecretProtector secrets, byte[] hash) => new(
        Reveal(secrets, SecretKind.PhoneCodeHash, hash),
        CodeType ?? "",
        CodeLength ?? 0,
        CodeNextType,
        CodeTimeout,
        DateTimeOffset.FromUnixTimeMilliseconds(CodeSentMs ?? 0));

    private static string Reveal(ISecretProtector secrets, SecretKind kind, byte[] ciphertext) =>
        Encoding.UTF8.GetString(secrets.Unprotect(kind, ciphertext));
}
