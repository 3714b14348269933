using System.Collections.Concurrent;
using Telegram.Tl;

namespace Telegram.Client.Tests.Updates;

/// <summary>Answers the update loop's requests when and as a test says.</summary>
internal sealed class FakeUpdateSource : IUpdateSource
{
    public long? UserId { get; set; } = EngineHarness.Self;

    public ConcurrentQueue<(UpdateRequest Request, TaskCompletionSource<ITlObject> Answer)> Asked { get; } = new();

    public Task<ITlObject> AskAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<ITlObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        Asked.Enqueue((request, answer));
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The next request, once the loop has made it.</summary>
    public async Task<(UpdateRequest Request, TaskCompletionSource<ITlObject> Answer)> NextAsync()
    {
        await Eventually.TrueAsync(() => !Asked.IsEmpty, "the loop asks");
        Assert.That(Asked.TryDequeue(out var asked), Is.True);
        return asked;
    }
}
