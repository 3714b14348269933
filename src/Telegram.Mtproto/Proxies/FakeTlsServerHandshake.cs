using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Telegram.Mtproto.Proxies;

/// <summary>The server's side of the greeting of an MTProxy that hides in TLS. Serves any number of connections at once.</summary>
/// <param name="secrets">Those for fake TLS count, the others don't.</param>
public sealed class FakeTlsServerHandshake(IEnumerable<ProxySecret> secrets)
{
    /// <summary>The longest greeting that is read, its record's header included.</summary>
    public const int MaxHelloLength = 4 * 1024;

    private const int SessionIdOffset = TlsRecords.RandomOffset + TlsRecords.RandomLength;
    private const int MaxSessionIdLength = 32;

    // Clocks are wrong by minutes, not by more: Telegram's own servers bear 300 seconds.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    private readonly ProxySecret[] _secrets = [.. secrets.Where(secret => secret.Kind == ProxySecretKind.FakeTls)];
    private readonly RecentGreetings _recent = new(2 * ClockTolerance);

    /// <summary>Whether a connection that begins so may be a client's greeting. Three bytes tell.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> beginning)
    {
        ReadOnlySpan<byte> header = [TlsRecords.Handshake, 3, 1];
        var length = Math.Min(beginning.Length, header.Length);
        return beginning[..length].SequenceEqual(header[..length]);
    }

    /// <summary>Looks at what has arrived. Whatever a peer sends, no exception comes of it; call again with all of it when more arrives.</summary>
    /// <param name="buffer">The connection's bytes; without those of the greeting when it is accepted.</param>
    /// <param name="now">The time.</param>
    /// <param name="random">Gives what is random in the answer.</param>
    /// <param name="answer">Gets the answer, if the greeting is accepted.</param>
    /// <param name="secret">The secret the client used.</param>
    public FakeTlsHelloStatus Receive(
        ref ReadOnlySequence<byte> buffer, DateTimeOffset now, IRandomSource random, IBufferWriter<byte> answer, [MaybeNull] out ProxySecret secret)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(answer);
        secret = null;
        Span<byte> received = stackalloc byte[MaxHelloLength];
        received = received[..(int)Math.Min(buffer.Length, received.Length)];
        buffer.Slice(0, received.Length).CopyTo(received);
        var status = Read(received, out var hello, out var sessionId);
        if (status != FakeTlsHelloStatus.Accepted)
        {
            return status;
        }

        Span<byte> clientRandom = stackalloc byte[TlsRecords.RandomLength];
        status = Identify(hello, clientRandom, now, out secret);
        if (status == FakeTlsHelloStatus.Accepted)
        {
            FakeTlsServerHello.Write(answer, clientRandom, sessionId, secret!, random);
            buffer = buffer.Slice(hello.Length);
        }

        return status;
    }

    private static FakeTlsHelloStatus Read(Span<byte> received, out Span<byte> hello, out Span<byte> sessionId)
    {
        const int minLength = SessionIdOffset + 1 + MaxSessionIdLength;
        hello = sessionId = default;
        if (!MayBegin(received))
        {
            return FakeTlsHelloStatus.Malformed;
        }

        if (received.Length < TlsRecords.HeaderLength)
        {
            return FakeTlsHelloStatus.NeedMoreData;
        }

        var length = TlsRecords.HeaderLength + TlsRecords.LengthOf(received);
        if (length is < minLength or > MaxHelloLength)
        {
            return FakeTlsHelloStatus.Malformed;
        }

        if (received.Length < length)
        {
            return FakeTlsHelloStatus.NeedMoreData;
        }

        hello = received[..length];
        var message = BinaryPrimitives.ReadInt32BigEndian(hello[TlsRecords.HeaderLength..]);
        var sessionIdLength = hello[SessionIdOffset];
        if (message != ((1 << 24) | (length - TlsRecords.HeaderLength - 4)) || sessionIdLength > MaxSessionIdLength)
        {
            return FakeTlsHelloStatus.Malformed;
        }

        sessionId = hello.Slice(SessionIdOffset + 1, sessionIdLength);
        return FakeTlsHelloStatus.Accepted;
    }

    private FakeTlsHelloStatus Identify(Span<byte> hello, Span<byte> clientRandom, DateTimeOffset now, out ProxySecret? secret)
    {
        var random = hello.Slice(TlsRecords.RandomOffset, TlsRecords.RandomLength);
        random.CopyTo(clientRandom);
        random.Clear();
        Span<byte> digest = stackalloc byte[TlsRecords.RandomLength];
        foreach (var candidate in _secrets)
        {
            FakeTlsClientHello.Digest(hello, candidate.Key, digest);
            if (!FakeTlsClientHello.Fits(clientRandom, digest))
            {
                continue;
            }

            secret = candidate;
            if ((now - FakeTlsClientHello.TimeOf(clientRandom, digest)).Duration() > ClockTolerance)
            {
                return FakeTlsHelloStatus.Stale;
            }

            return _recent.TryAdd(clientRandom, now) ? FakeTlsHelloStatus.Accepted : FakeTlsHelloStatus.Repeated;
        }

        secret = null;
        return FakeTlsHelloStatus.UnknownSecret;
    }
}
