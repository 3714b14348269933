using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Telegram.Sandbox.Authorizations;

/// <summary>The tickets of <c>auth.exportAuthorization</c> that have not been used yet; a restart voids them.</summary>
internal sealed class ExportTickets(TimeProvider time)
{
    private const int TicketLength = 128;
    private const int MaxTickets = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Ticket> _tickets = new(StringComparer.Ordinal);

    public byte[] Issue(long userId, long authKeyId, int toDc)
    {
        if (_tickets.Count >= MaxTickets)
        {
            ForgetExpired();
        }

        var bytes = RandomNumberGenerator.GetBytes(TicketLength);
        _tickets[Name(bytes)] = new Ticket(userId, authKeyId, toDc, time.GetUtcNow() + Lifetime);
        return bytes;
    }

    /// <summary>The key the ticket was made with; null when it is not good for this user and data centre. Good once.</summary>
    public long? Redeem(byte[] bytes, long userId, int dcId)
    {
        if (bytes.Length != TicketLength || !_tickets.TryRemove(Name(bytes), out var ticket))
        {
            return null;
        }

        return ticket.UserId == userId && ticket.ToDc == dcId && ticket.Expires > time.GetUtcNow() ? ticket.AuthKeyId : null;
    }

    private static string Name(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes));

    private void ForgetExpired()
    {
        var now = time.GetUtcNow();
        foreach (var (name, ticket) in _tickets)
        {
            if (ticket.Expires <= now)
            {
                _tickets.TryRemove(name, out _);
            }
        }
    }

    private sealed record Ticket(long UserId, long AuthKeyId, int ToDc, DateTimeOffset Expires);
}
