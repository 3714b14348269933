using System.Net.Sockets;

namespace Telegram.Client;

/// <summary>
/// Connects to the first of several addresses that answers. A silent address does not hold up the next: it is started a little later
/// beside it (RFC 8305's idea), so that a network without IPv6, or one that swallows packets, costs a fraction of a second.
/// </summary>
internal sealed class AddressRace(IConnector connector, TelegramClientOptions options)
{
    private readonly TimeProvider _time = options.TimeProvider;

    /// <summary>Runs the race once.</summary>
    /// <exception cref="TelegramConnectionException">None of them answered.</exception>
    public async Task<(Stream Stream, DataCenterAddress Address)> RunAsync(
        IReadOnlyList<DataCenterAddress> addresses, CancellationToken cancellationToken)
    {
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<(Stream, DataCenterAddress)>>();
        Exception? lastError = null;
        try
        {
            var next = 0;
            while (next < addresses.Count || running.Count > 0)
            {
                if (next < addresses.Count)
                {
                    running.Add(TryAsync(addresses[next++], losers.Token));
                }

                if (await FirstAsync(running, waitLonger: next == addresses.Count, cancellationToken) is not { } done)
                {
                    continue;
                }

                running.Remove(done);
                if (done.IsCompletedSuccessfully)
                {
                    return await done;
                }

                lastError = done.Exception?.InnerException;
            }
        }
        finally
        {
            await GiveUpAsync(running, losers);
        }

        throw lastError as TelegramProxyException ?? new TelegramConnectionException("No address of the data centre answered.", lastError);
    }

    /// <summary>The first attempt to end; null when it is time to begin another one beside them.</summary>
    private async Task<Task<(Stream, DataCenterAddress)>?> FirstAsync(
        List<Task<(Stream, DataCenterAddress)>> running, bool waitLonger, CancellationToken cancellationToken)
    {
        var first = Task.WhenAny(running);
        if (waitLonger)
        {
            return await first.WaitAsync(cancellationToken);
        }

        await WaitAsync(first, cancellationToken);
        return first.IsCompleted ? await first : null;
    }

    private async Task WaitAsync(Task first, CancellationToken cancellationToken)
    {
        await first.WaitAsync(options.ConnectStagger, _time, cancellationToken).Quietly();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<(Stream, DataCenterAddress)> TryAsync(DataCenterAddress address, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var stream = await connector.ConnectAsync(address.EndPoint, either.Token);
            return (stream, address);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw options.Proxy is { } proxy
                ? new TelegramProxyException(proxy, ProxyFailure.TimedOut, innerException: error)
                : new TelegramConnectionException($"{address.EndPoint} did not answer in time.", error);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            throw new TelegramConnectionException($"{address.EndPoint} could not be reached.", error);
        }
    }

    private static async Task GiveUpAsync(List<Task<(Stream Stream, DataCenterAddress)>> running, CancellationTokenSource losers)
    {
        if (running.Count > 0)
        {
            await losers.CancelAsync();
            DisposeLate(running);
        }
    }

    /// <summary>A loser that connects all the same is closed when it does.</summary>
    private static void DisposeLate(List<Task<(Stream Stream, DataCenterAddress)>> losers)
    {
        foreach (var loser in losers)
        {
            _ = loser.ContinueWith(
                static done =>
                {
                    if (done.IsCompletedSuccessfully)
                    {
                        done.Result.Stream.Dispose();
                    }
                    else
                    {
                        _ = done.Exception; // It lost; nobody else looks at why.
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
