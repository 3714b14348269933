using Telegram.Mtproto;

namespace Telegram.Client.Tests;

/// <summary>The same byte for ever.</summary>
internal sealed class FixedRandom(byte value) : IRandomSource
{
    public void Fill(Span<byte> destination) => destination.Fill(value);
}

/// <summary>A reproducible sequence; not for secrets.</summary>
internal sealed class SeededRandom(uint seed) : IRandomSource
{
    private readonly Lock _lock = new();
    private uint _state = seed | 1;

    public void Fill(Span<byte> destination)
    {
        lock (_lock)
        {
            foreach (ref var b in destination)
            {
                _state ^= _state << 13;
                _state ^= _state >> 17;
                _state ^= _state << 5;
                b = (byte)_state;
            }
        }
    }
}
