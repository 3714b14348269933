using Crm.Application.Ports.Storage;
using Crm.Domain;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>sends</c>.</summary>
internal sealed class SendRow
{
    public const string Columns = """
        id AS Id, account_id AS AccountId, connection_id AS ConnectionId, dialog_id AS DialogId, text AS Text, sealed_text AS SealedText,
        random_id AS RandomId, status AS Status, attempts AS Attempts, error_code AS ErrorCode,
        error_category AS ErrorCategory, error_message AS ErrorMessage, created_ms AS CreatedMs
        """;

    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required long ConnectionId { get; init; }

    public required long DialogId { get; init; }

    public required string Text { get; init; }

    public byte[]? SealedText { get; init; }

    public required long RandomId { get; init; }

    public required string Status { get; init; }

    public required int Attempts { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorCategory { get; init; }

    public string? ErrorMessage { get; init; }

    public required long CreatedMs { get; init; }

    public static string StatusText(SendStatus status) => status switch
    {
        SendStatus.Queued => "queued",
        SendStatus.Sent => "sent",
        SendStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    public Send ToSend(SendTexts texts) => new()
    {
        Id = Id,
        AccountId = AccountId,
        ConnectionId = ConnectionId,
        DialogId = DialogId,
        FoundText = texts.Find(Text, SealedText),
        RandomId = RandomId,
        Status = Enum.GetValues<SendStatus>().Single(status => StatusText(status) == Status),
        Attempts = Attempts,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs),
        Error = ErrorCode is null ? null : new Error(ErrorCode, Enum.Parse<ErrorCategory>(ErrorCategory!), ErrorMessage ?? ""),
    };
}
