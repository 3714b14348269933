using System.Threading.Channels;
using Telegram.Tl;

namespace Telegram.Client.Tests.Updates;

/// <summary>Answers the update loop's requests when and as a test says.</summary>
internal sealed class FakeUpdateSource : IUpdateSource
{
    private readonly Channel<(UpdateRequest Request, TaskCompletionSource<ITlObject> Answer)> _asked =
        Channel.CreateUnbounded<(UpdateRequest Request, TaskCompletionSource<ITlObject> Answer)>();

    public long? UserId { get; set; } = EngineHarness.Self;

    public int Waiting => _asked.Reader.Count;

    public Task<ITlObject> AskAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<ITlObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.That(_asked.Writer.TryWrite((request, answer)), Is.True);
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The next request, once the loop has made it.</summary>
    public async Task<(UpdateRequest Request, TaskCompletionSource<ITlObject> Answer)> NextAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        return await _asked.Reader.ReadAsync(limit.Token);
    }
}
