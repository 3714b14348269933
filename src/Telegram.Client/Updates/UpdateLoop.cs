using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Telegram.Tl;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// Runs the update engine of one account: news in, requests out, batches to the reader. One step at a time; while the reader has no
/// room the loop stands still.
/// </summary>
internal sealed class UpdateLoop : IAsyncDisposable
{
    private readonly IUpdateSource _source;
    private readonly UpdatePosition? _from;
    private readonly ChannelPosition[] _channels;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action? _resynchronizing;
    private readonly Channel<UpdateBatch> _output;
    private readonly UpdateInbox _inbox = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public UpdateLoop(IUpdateSource source, UpdatePosition? from, IEnumerable<ChannelPosition> channels, TelegramClientOptions options)
    {
        _source = source;
        _from = from;
        _channels = [.. channels];
        _time = options.TimeProvider;
        _logger = options.Logger;
        _resynchronizing = options.Resynchronizing;
        _output = System.Threading.Channels.Channel.CreateBounded<UpdateBatch>(
            new BoundedChannelOptions(options.UpdatesCapacity) { SingleWriter = true, AllowSynchronousContinuations = false });
        _running = RunAsync();
    }

    public ChannelReader<UpdateBatch> Reader => _output.Reader;

    public void Post(UpdateNews news) => _inbox.Post(news);

    public void PostResync() => _inbox.PostResync();

    /// <summary>Stops; what was handed out stays readable.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _inbox.Wake();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        // Whoever starts it goes on at once, and so does a lock they hold.
        await BackgroundWork.BeginAsync();
        Exception? failure = null;
        try
        {
            await using var timer = _time.CreateTimer(_ => _inbox.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var engine = await StartAsync();
            while (!_stopping.IsCancellationRequested)
            {
                await StepAsync(engine);
                var wait = engine.NextDeadline - _time.GetUtcNow();
                timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                await _inbox.WaitAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        catch (SessionRevokedException revoked)
        {
            failure = revoked;
        }
        catch (Exception unexpected)
        {
            // Whoever reads the updates is to learn that no more will come, and why.
            ClientLog.UpdatesFailed(_logger, unexpected);
            failure = unexpected;
        }

        _output.Writer.TryComplete(failure);
    }

    private async Task<UpdateEngine> StartAsync()
    {
        while (true)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            if (_source.UserId is { } selfId)
            {
                return new UpdateEngine(selfId, _from, _channels, _time.GetUtcNow());
            }

            // Sign-in posts a resync, which wakes this.
            await _inbox.WaitAsync();
        }
    }

    private async Task StepAsync(UpdateEngine engine)
    {
        while (_inbox.Take() is { } news)
        {
            // What has come while the reader was busy is handed out together.
            Tell(engine, news);
            if (engine.IsBatchFull)
            {
                await HandOutAsync(engine);
            }
        }

        if (_inbox.TakeResync(out var missedChannels))
        {
            engine.Resync();
            engine.Missed(missedChannels);
            _resynchronizing?.Invoke();
        }

        engine.Tick(_time.GetUtcNow());
        while (engine.TakeRequest(_time.GetUtcNow()) is { } request)
        {
            _ = AskAsync(request);
        }

        await HandOutAsync(engine);
    }

    private async Task HandOutAsync(UpdateEngine engine)
    {
        while (engine.TakeBatch() is { } batch)
        {
            await _output.Writer.WriteAsync(batch, _stopping.Token);
        }
    }

    private void Tell(UpdateEngine engine, UpdateNews news)
    {
        var now = _time.GetUtcNow();
        switch (news)
        {
            case UpdateNews.Pushed pushed:
                engine.Receive(pushed.Updates, now);
                break;
            case UpdateNews.Affected affected:
                engine.ReceiveAffected(affected.ChannelId, affected.Pts, affected.Count, now);
                break;
            case UpdateNews.Positions positions:
                engine.Track(positions.Channels);
                break;
            case UpdateNews.Ended ended:
                ExceptionDispatchInfo.Throw(ended.Error);
                break;
            case UpdateNews.Answered { Error: { } error } answer:
                Fail(engine, answer.Request, error, now);
                break;
            case UpdateNews.Answered answer:
                Tell(engine, answer, now);
                break;
        }
    }

    private static void Tell(UpdateEngine engine, UpdateNews.Answered answer, DateTimeOffset now)
    {
        switch (answer.Result)
        {
            case UpdatesState state:
                engine.OnState(state, now);
                break;
            case IUpdatesDifference difference:
                engine.OnDifference(difference, now);
                break;
            case IUpdatesChannelDifference difference when answer.Request is UpdateRequest.ChannelDifference { From.ChannelId: var id }:
                engine.OnChannelDifference(id, difference, now);
                break;
        }
    }

    private void Fail(UpdateEngine engine, UpdateRequest request, Exception error, DateTimeOffset now)
    {
        if (error is SessionRevokedException || error is not (RpcException or TelegramConnectionException or TlException))
        {
            ExceptionDispatchInfo.Throw(error);
        }

        if (error is UnreadableAnswerException)
        {
            ClientLog.DifferenceUnreadable(_logger, request.GetType().Name);
        }
        else
        {
            ClientLog.DifferenceFailed(_logger, request.GetType().Name, error.GetType().Name);
        }

        engine.OnFailed(request, error, now);
    }

    private async Task AskAsync(UpdateRequest request)
    {
        try
        {
            var result = await _source.AskAsync(request, _stopping.Token);
            _inbox.Post(new UpdateNews.Answered(request, result, null));
        }
        catch (Exception error)
        {
            // Every end of the call is news for the loop, which tells the expected ones from the others.
            _inbox.Post(new UpdateNews.Answered(request, null, error));
        }
    }
}

/// <summary>Where the update loop gets its answers from: the client.</summary>
internal interface IUpdateSource
{
    /// <summary>Who is signed in; null: nobody yet.</summary>
    long? UserId { get; }

    Task<ITlObject> AskAsync(UpdateRequest request, CancellationToken cancellationToken);
}
