using System.Text;
using Crm.Application.Ports.Security;
using Crm.Domain.Connections;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>What is saved of a connection's sign-in and listening, its secret encrypted.</summary>
internal sealed record ConnectionChange(
    long Id,
    string Status,
    long? TelegramUserId,
    byte[]? CodeHash,
    string? CodeType,
    int? CodeLength,
    string? CodeNextType,
    int? CodeTimeout,
    long? CodeSentMs,
    int WrongTries,
    long? ListeningSinceMs,
    long? PausedSinceMs)
{
    public static ConnectionChange Of(Connection connection, ISecretProtector secrets)
    {
        var code = connection.PendingCode;
        return new ConnectionChange(
            connection.Id,
            ConnectionRow.StatusText(connection.Status),
            connection.TelegramUserId,
            code is null ? null : secrets.Protect(SecretKind.PhoneCodeHash, Encoding.UTF8.GetBytes(code.PhoneCodeHash)),
            code?.Type,
            code?.Length,
            code?.NextType,
            code?.TimeoutSeconds,
            code?.SentAt.ToUnixTimeMilliseconds(),
            code?.WrongTries ?? 0,
            connection.ListeningSince?.ToUnixTimeMilliseconds(),
            connection.PausedSince?.ToUnixTimeMilliseconds());
    }

    public override string ToString() => $"Change of connection {Id}";
}
