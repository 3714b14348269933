using System.Text;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>connections</c>, its secrets still encrypted.</summary>
internal sealed class ConnectionRow
{
    public const string Columns = """
        id AS Id, account_id AS AccountId, messenger AS Messenger, phone AS Phone, api_id AS ApiId, api_hash AS ApiHash,
        status AS Status, telegram_user_id AS TelegramUserId, phone_code_hash AS PhoneCodeHash, code_type AS CodeType,
        code_length AS CodeLength, code_next_type AS CodeNextType, code_timeout AS CodeTimeout, code_sent_ms AS CodeSentMs,
        code_wrong_tries AS CodeWrongTries,
        listening_since_ms AS ListeningSinceMs, paused_since_ms AS PausedSinceMs, session_number AS SessionNumber, version AS Version,
        telegram_reachable AS IsReachable
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

    public required int CodeWrongTries { get; init; }

    public long? ListeningSinceMs { get; init; }

    public long? PausedSinceMs { get; init; }

    public required int SessionNumber { get; init; }

    public required int Version { get; init; }

    public bool? IsReachable { get; init; }

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
        PendingCode = FindPendingCode(secrets),
        TelegramUserId = TelegramUserId,
        ListeningSince = ToTime(ListeningSinceMs),
        PausedSince = ToTime(PausedSinceMs),
        SessionNumber = SessionNumber,
        Version = Version,
        IsReachable = IsReachable,
    };

    /// <summary>A code whose handle can't be read any more is none: another can be asked for.</summary>
    private PendingCode? FindPendingCode(ISecretProtector secrets)
    {
        try
        {
            return PhoneCodeHash is null ? null : ToPendingCode(Reveal(secrets, SecretKind.PhoneCodeHash, PhoneCodeHash));
        }
        catch (StorageUnavailableException exception) when (exception.Trouble is StorageTrouble.KeysMissing)
        {
            return null;
        }
    }

    private PendingCode ToPendingCode(string hash) => new(
        hash,
        CodeType ?? "",
        CodeLength ?? 0,
        CodeNextType,
        CodeTimeout,
        DateTimeOffset.FromUnixTimeMilliseconds(CodeSentMs ?? 0))
    {
        WrongTries = CodeWrongTries,
    };

    /// <summary>The connection; null where the keys of its secrets are missing, which must not hide the others.</summary>
    public Connection? FindConnection(ISecretProtector secrets)
    {
        try
        {
            return ToConnection(secrets);
        }
        catch (StorageUnavailableException exception) when (exception.Trouble is StorageTrouble.KeysMissing)
        {
            return null;
        }
    }

    private static DateTimeOffset? ToTime(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private static string Reveal(ISecretProtector secrets, SecretKind kind, byte[] ciphertext) =>
        Encoding.UTF8.GetString(secrets.Unprotect(kind, ciphertext));
}
