using System.Security.Cryptography;

namespace Telegram.Sandbox.Tests.Support;

/// <summary>AES-256-CTR out of the framework's AES, independent of the library's own.</summary>
internal sealed class CounterCipher(byte[] key, byte[] counter) : IDisposable
{
    private readonly Aes _aes = Create(key);
    private readonly byte[] _counter = [.. counter];
    private byte[] _stream = [];
    private int _used;

    public void Apply(Span<byte> bytes)
    {
        foreach (ref var value in bytes)
        {
            if (_used == _stream.Length)
            {
                _stream = _aes.EncryptEcb(_counter, PaddingMode.None);
                _used = 0;
                Increment();
            }

            value ^= _stream[_used++];
        }
    }

    public void Dispose() => _aes.Dispose();

    private static Aes Create(byte[] key)
    {
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }

    private void Increment()
    {
        for (var i = _counter.Length - 1; i >= 0 && ++_counter[i] == 0; i--)
        {
        }
    }
}
