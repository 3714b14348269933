using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Transports;

/// <summary>
/// The obfuscation of one connection: a header of 64 random-looking bytes from the client holds the keys of both directions and, encrypted, the
/// transport and the data centre. Every later byte of the stream is encrypted, the frames' lengths too.
/// </summary>
/// <remarks>
/// It hides the protocol from filters and is no protection: the keys are sent in the clear.
/// <see href="https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation"/>.
/// </remarks>
public sealed class TransportObfuscation : IDisposable
{
    /// <summary>The length of the client's header in bytes.</summary>
    public const int HeaderLength = 64;

    private const int KeyOffset = 8;
    private const int IvOffset = KeyOffset + AesCtr.KeySize;
    private const int TagOffset = IvOffset + AesCtr.IvSize;
    private const int DataCenterOffset = TagOffset + sizeof(uint);
    private const int SecretLength = 16;
    private const byte PaddedSecretMark = 0xDD;

    // A random header is unusable about once in 2^7 because of its first byte.
    private const int MaxAttempts = 64;

    private readonly AesCtr _outgoing;
    private readonly AesCtr _incoming;

    private TransportObfuscation(AesCtr outgoing, AesCtr incoming, TransportKind kind, short dataCenter)
    {
        _outgoing = outgoing;
        _incoming = incoming;
        Kind = kind;
        DataCenter = dataCenter;
    }

    /// <summary>The transport inside: <see cref="TransportKind.Full"/> has no tag and cannot be obfuscated.</summary>
    public TransportKind Kind { get; }

    /// <summary>
    /// The data centre the header names: negative for media, 10000 more for test servers. Only proxies need it, and clients often put anything there.
    /// </summary>
    public short DataCenter { get; }

    /// <summary>Begins a connection as a client.</summary>
    /// <param name="kind">The transport.</param>
    /// <param name="dataCenter">See <see cref="DataCenter"/>.</param>
    /// <param name="random">Gives the header.</param>
    /// <param name="header">Gets the 64 bytes to be sent first. The transport's own preamble is not sent.</param>
    /// <param name="secret">A proxy's secret: none, 16 bytes, or <c>dd</c> and 16 bytes, which asks for the padded transport.</param>
    /// <exception cref="ArgumentException">The transport cannot be obfuscated, or a length is wrong.</exception>
    /// <exception cref="CryptographicException">The random source repeats itself: it gave no usable header.</exception>
    public static TransportObfuscation CreateClient(
        TransportKind kind,
        short dataCenter,
        IRandomSource random,
        Span<byte> header,
        ReadOnlySpan<byte> secret = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (header.Length < HeaderLength)
        {
            throw new ArgumentException("The header has 64 bytes.", nameof(header));
        }

        if (secret.Length == SecretLength + 1 && secret[0] == PaddedSecretMark)
        {
            kind = TransportKind.PaddedIntermediate;
            secret = secret[1..];
        }

        header = header[..HeaderLength];
        DrawHeader(random, header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[TagOffset..], GetTag(kind));
        BinaryPrimitives.WriteInt16LittleEndian(header[DataCenterOffset..], dataCenter);
        var (forward, backward) = CreateStreams(header, secret);

        Span<byte> encrypted = stackalloc byte[HeaderLength];
        header.CopyTo(encrypted);
        forward.Apply(encrypted);
        encrypted[TagOffset..].CopyTo(header[TagOffset..]);
        return new TransportObfuscation(forward, backward, kind, dataCenter);
    }

    /// <summary>Accepts a client's header as a server. Whatever a peer sends, no exception comes of it.</summary>
    /// <param name="header">The first 64 bytes of the connection.</param>
    /// <param name="obfuscation">The connection's state.</param>
    /// <param name="secret">As in <see cref="CreateClient"/>.</param>
    /// <returns>False if it names no transport: it is no such header, or made with another secret.</returns>
    /// <exception cref="ArgumentException">The secret's length is wrong.</exception>
    public static bool TryAccept(
        ReadOnlySpan<byte> header,
        [NotNullWhen(true)] out TransportObfuscation? obfuscation,
        ReadOnlySpan<byte> secret = default)
    {
        obfuscation = null;
        if (header.Length != HeaderLength)
        {
            return false;
        }

        var (forward, backward) = CreateStreams(header, secret.Length == SecretLength + 1 ? secret[1..] : secret);
        Span<byte> decrypted = stackalloc byte[HeaderLength];
        header.CopyTo(decrypted);
        forward.Apply(decrypted);
        if (!TryGetKind(BinaryPrimitives.ReadUInt32LittleEndian(decrypted[TagOffset..]), out var kind))
        {
            forward.Dispose();
            backward.Dispose();
            return false;
        }

        obfuscation = new TransportObfuscation(backward, forward, kind, BinaryPrimitives.ReadInt16LittleEndian(decrypted[DataCenterOffset..]));
        return true;
    }

    /// <summary>Encrypts the next bytes to be sent, where they lie.</summary>
    public void Encrypt(Span<byte> data) => _outgoing.Apply(data);

    /// <summary>Decrypts the next bytes received, where they lie.</summary>
    public void Decrypt(Span<byte> data) => _incoming.Apply(data);

    /// <summary>Decrypts the next bytes received, where they lie: memory of a pipe that the caller owns.</summary>
    public void Decrypt(in ReadOnlySequence<byte> data) => _incoming.Apply(in data);

    /// <summary>Overwrites the keys.</summary>
    public void Dispose()
    {
        _outgoing.Dispose();
        _incoming.Dispose();
    }

    private static (AesCtr Forward, AesCtr Backward) CreateStreams(ReadOnlySpan<byte> header, ReadOnlySpan<byte> secret)
    {
        Span<byte> reversed = stackalloc byte[HeaderLength];
        header.CopyTo(reversed);
        reversed.Reverse();
        return (CreateStream(header, secret), CreateStream(reversed, secret));
    }

    private static AesCtr CreateStream(ReadOnlySpan<byte> header, ReadOnlySpan<byte> secret)
    {
        var iv = header.Slice(IvOffset, AesCtr.IvSize);
        if (secret.IsEmpty)
        {
            return new AesCtr(header.Slice(KeyOffset, AesCtr.KeySize), iv);
        }

        if (secret.Length != SecretLength)
        {
            throw new ArgumentException("A secret has 16 bytes, or dd and 16 bytes.", nameof(secret));
        }

        Span<byte> mixed = stackalloc byte[AesCtr.KeySize + SecretLength];
        header.Slice(KeyOffset, AesCtr.KeySize).CopyTo(mixed);
        secret.CopyTo(mixed[AesCtr.KeySize..]);
        Span<byte> key = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(mixed, key);
        return new AesCtr(key, iv);
    }

    private static void DrawHeader(IRandomSource random, Span<byte> header)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            random.Fill(header);
            if (!TransportSignatures.LooksPlain(header))
            {
                return;
            }
        }

        throw new CryptographicException("The random source gave no usable header.");
    }

    private static uint GetTag(TransportKind kind) => kind switch
    {
        TransportKind.Abridged => TransportSignatures.AbridgedTag,
        TransportKind.Intermediate => TransportSignatures.Intermediate,
        TransportKind.PaddedIntermediate => TransportSignatures.PaddedIntermediate,
        _ => throw new ArgumentException("The transport has no tag and cannot be obfuscated.", nameof(kind)),
    };

    private static bool TryGetKind(uint tag, out TransportKind kind)
    {
        kind = tag switch
        {
            TransportSignatures.AbridgedTag => TransportKind.Abridged,
            TransportSignatures.Intermediate => TransportKind.Intermediate,
            TransportSignatures.PaddedIntermediate => TransportKind.PaddedIntermediate,
            _ => TransportKind.Full,
        };
        return kind != TransportKind.Full;
    }
}
