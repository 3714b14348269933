using Telegram.Mtproto;
using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>Bytes that look random and are the same in every run.</summary>
internal sealed class CountingRandom : IRandomSource
{
    private long _next;

    public void Fill(Span<byte> destination)
    {
        foreach (ref var value in destination)
        {
            value = (byte)Mix.Of(Interlocked.Increment(ref _next));
        }
    }
}
