using System.Security.Cryptography;

namespace Telegram.Mtproto;

/// <summary>The operating system's cryptographic random generator. Safe for use by many threads.</summary>
public sealed class CryptographicRandomSource : IRandomSource
{
    private CryptographicRandomSource()
    {
    }

    /// <summary>The one instance; it has no state.</summary>
    public static CryptographicRandomSource Instance { get; } = new();

    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
