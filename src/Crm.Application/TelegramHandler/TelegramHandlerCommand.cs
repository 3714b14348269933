using Crm.Application.Concurrency;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.TelegramHandler;

/// <summary>Starts or stops keeping every new message.</summary>
public sealed record TelegramHandlerCommand(long AccountId, bool Listen) : IRequest<Result<ListeningState>>, ITelegramRequest;

/// <summary>Whether new messages are kept, and since when, in Unix seconds.</summary>
public sealed class ListeningState
{
    public required bool Listening { get; init; }

    public long? Since { get; init; }
}

internal sealed class TelegramHandlerHandler(
    IConnectionStore connections, ConnectionAccess access, ListeningSupervisor supervisor, Locks locks, TimeProvider time)
    : IRequestHandler<TelegramHandlerCommand, Result<ListeningState>>
{
    /// <summary>Callers wait a second at most; what takes longer goes on behind them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    public Task<Result<ListeningState>> Handle(TelegramHandlerCommand request, CancellationToken cancellationToken) =>
        request.Listen ? ListenAsync(request.AccountId, cancellationToken) : StopAsync(request.AccountId, cancellationToken);

    private async Task<Result<ListeningState>> ListenAsync(long accountId, CancellationToken cancellationToken)
    {
        var saved = await RecordAsync(accountId, cancellationToken);
        if (!saved.IsSuccess)
        {
            return saved.Error;
        }

        var starting = supervisor.ListenAsync(saved.Value.Id);
        await Task.WhenAny(starting, Task.Delay(Patience, time, cancellationToken));
        var ended = starting.IsCompleted && (await starting).Error is { } error && TelegramErrors.EndsSession(error);
        return ended
            ? TelegramErrors.SessionRevoked
            : new ListeningState { Listening = true, Since = saved.Value.ListeningSince?.ToUnixTimeSeconds() };
    }

    private async Task<Result<Connection>> RecordAsync(long accountId, CancellationToken cancellationToken)
    {
        using var turn = await locks.SignIns.AcquireAsync(accountId, cancellationToken);
        var connection = await access.RequireAuthorizedAsync(accountId, cancellationToken);
        return connection.IsSuccess && !connection.Value.IsListening
            ? await SaveAsync(connection.Value.Listen(time.GetUtcNow()), cancellationToken)
            : connection;
    }

    private async Task<Result<ListeningState>> StopAsync(long accountId, CancellationToken cancellationToken)
    {
        using var turn = await locks.SignIns.AcquireAsync(accountId, cancellationToken);
        if (await connections.FindCurrentAsync(accountId, cancellationToken) is { } connection
            && (connection.IsListening || connection.PausedSince is not null))
        {
            var saved = await SaveAsync(connection.StopListening(), cancellationToken);
            if (!saved.IsSuccess)
            {
                return saved.Error;
            }

            // It is stored that it doesn't listen: so it has to be, also when the caller has gone away.
            await supervisor.SilenceAsync(connection.Id, CancellationToken.None);
        }

        return new ListeningState { Listening = false };
    }

    private async Task<Result<Connection>> SaveAsync(Result<Connection> changed, CancellationToken cancellationToken)
    {
        if (!changed.IsSuccess)
        {
            return changed;
        }

        var saved = await connections.TrySaveAsync(changed.Value, cancellationToken);
        return saved is null ? TelegramErrors.StateChanged : saved;
    }
}
