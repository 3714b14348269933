using Crm.Application.Ports.Storage;
using Crm.Application.Telemetry;
using Crm.Domain.Connections;
using Crm.Infrastructure.Telegram.Listening;
using Microsoft.Extensions.Logging;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>Makes a connection's client from its stored session, and sees to it that the session is stored again when it changes.</summary>
internal sealed partial class ClientFactory(
    ITelegramEnvironment environment,
    TelegramRoute route,
    IConnectionStore connections,
    Reachability reachability,
    Reconciler reconciler,
    CrmMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers)
{
    /// <summary>How long a call may last, reconnects included, before its caller is told that Telegram is away.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    private readonly ILogger _logger = loggers.CreateLogger<ClientFactory>();

    /// <summary>A client that isn't connected yet.</summary>
    /// <exception cref="TelegramConnectionException">The environment can't say where its data centres are.</exception>
    public async Task<PooledClient> CreateAsync(Connection connection, CancellationToken cancellationToken)
    {
        var dataCenters = await environment.GetDataCentersAsync(cancellationToken);

        var (number, session) = await LoadNumberedAsync(connection, cancellationToken);
        var wasConnected = false;
        var client = new TelegramClient(
            new TelegramClientOptions
            {
                ApiId = connection.ApiId,
                ApiHash = connection.ApiHash,
                DataCenters = dataCenters,
                Proxy = route.Proxy,
                DeviceModel = "Telegram CRM",
                RequestTimeout = RequestTimeout,
                TimeProvider = time,
                Logger = loggers.CreateLogger<TelegramClient>(),
                StateChanged = state => NoteState(connection.Id, state, ref wasConnected),
                Resynchronizing = () => reconciler.Wake(connection.Id),
                SaveSession = async (changed, token) =>
                    await connections.SaveSessionAsync(connection.Id, number, changed.ToBytes(), token),
            },
            session);
        return new PooledClient(client, number);
    }

    /// <summary>A client tells its states one after the other.</summary>
    private void NoteState(long connectionId, TelegramClientState state, ref bool wasConnected)
    {
        reachability.Note(connectionId, state);
        if (state is TelegramClientState.Connected)
        {
            if (wasConnected)
            {
                metrics.Reconnected();
            }

            wasConnected = true;
            reconciler.Wake(connectionId);
        }
    }

    /// <summary>A session and its number. One that ends in between would leave a client whose sessions are never stored, so it is read again.</summary>
    private async Task<(int Number, TelegramSession? Session)> LoadNumberedAsync(Connection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            var number = await FindNumberAsync(connection, cancellationToken);
            var session = await LoadSessionAsync(connection.Id, cancellationToken);
            if (await FindNumberAsync(connection, cancellationToken) == number)
            {
                return (number, session);
            }
        }
    }

    private async Task<int> FindNumberAsync(Connection connection, CancellationToken cancellationToken) =>
        (await connections.FindAsync(connection.Id, cancellationToken))?.SessionNumber ?? connection.SessionNumber;

    private async Task<TelegramSession?> LoadSessionAsync(long connectionId, CancellationToken cancellationToken)
    {
        if (await connections.LoadSessionAsync(connectionId, cancellationToken) is not { } bytes)
        {
            return null;
        }

        try
        {
            return TelegramSession.Parse(bytes);
        }
        catch (TelegramSessionException e)
        {
            LogBrokenSession(e, connectionId);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored session of connection {ConnectionId} is broken; it has to sign in again.")]
    private partial void LogBrokenSession(Exception exception, long connectionId);
}
