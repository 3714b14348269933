using Crm.Application.AccountAuth;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.GetConnection;

/// <summary>How the connection an account's calls act on stands; asks nobody but the store.</summary>
public sealed record GetConnectionQuery(long AccountId) : IRequest<Result<ConnectionState>>;

/// <summary>A connection as its account sees it; what is said of a code is null unless one is under way.</summary>
public sealed class ConnectionState
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    /// <summary>The phone's digits; null before the first preauth.</summary>
    public string? Phone { get; init; }

    public required ConnectionStatus Status { get; init; }

    public long? TelegramUserId { get; init; }

    public required bool Listening { get; init; }

    /// <summary>Unix seconds.</summary>
    public long? Since { get; init; }

    /// <summary>Whether Telegram answered when it was last heard of; null before that.</summary>
    public bool? IsReachable { get; init; }

    public string? CodeType { get; init; }

    public int? CodeLength { get; init; }

    public string? NextType { get; init; }

    /// <summary>Seconds until another code may be asked for.</summary>
    public int? Timeout { get; init; }

    public int? TriesLeft { get; init; }

    public override string ToString() => $"State of connection {Id}";
}

internal sealed class GetConnectionHandler(IConnectionStore connections, TimeProvider time)
    : IRequestHandler<GetConnectionQuery, Result<ConnectionState>>
{
    public async Task<Result<ConnectionState>> Handle(GetConnectionQuery request, CancellationToken cancellationToken) =>
        await connections.FindCurrentAsync(request.AccountId, cancellationToken) is { } connection
            ? Describe(connection)
            : AccountErrors.NotFound;

    private ConnectionState Describe(Connection connection)
    {
        var code = connection.PendingCode;
        return new ConnectionState
        {
            Id = connection.Id,
            AccountId = connection.AccountId,
            Messenger = connection.Messenger.Name,
            Phone = connection.Phone?.Digits,
            Status = connection.Status,
            TelegramUserId = connection.TelegramUserId,
            Listening = connection.IsListening,
            Since = connection.ListeningSince?.ToUnixTimeSeconds(),
            IsReachable = connection.IsReachable,
            CodeType = code?.Type,
            CodeLength = code?.Length,
            NextType = code?.NextType,
            Timeout = code?.SecondsLeft(time.GetUtcNow()),
            TriesLeft = code?.TriesLeft,
        };
    }
}
