using System.Security.Cryptography;

namespace Telegram.Mtproto.Proxies;

/// <summary>
/// The client's side of the greeting of an MTProxy that hides in TLS. Send what <see cref="Start"/> gives; then read as many bytes as
/// <see cref="Measure"/> asks for, until it asks for no more; then <see cref="Verify"/>. The proxy says nothing after that until it is spoken to.
/// </summary>
public sealed class FakeTlsClientHandshake
{
    /// <summary>The length of the client's greeting in bytes.</summary>
    public const int HelloLength = FakeTlsClientHello.Length;

    /// <summary>The longest answer in bytes.</summary>
    public const int MaxAnswerLength = (2 * (TlsRecords.HeaderLength + TlsRecords.MaxLength)) + 6;

    private readonly ProxySecret _secret;
    private readonly IRandomSource _random;
    private readonly byte[] _clientRandom = new byte[TlsRecords.RandomLength];

    /// <summary>Prepares the greeting.</summary>
    /// <param name="secret">The proxy's secret.</param>
    /// <param name="random">Gives what is random in it.</param>
    /// <exception cref="ArgumentException">The secret is not one for fake TLS.</exception>
    public FakeTlsClientHandshake(ProxySecret secret, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(random);
        if (secret.Kind != ProxySecretKind.FakeTls)
        {
            throw new ArgumentException("The secret is not for fake TLS.", nameof(secret));
        }

        _secret = secret;
        _random = random;
    }

    /// <summary>Writes the greeting.</summary>
    /// <param name="hello">Gets <see cref="HelloLength"/> bytes.</param>
    /// <param name="now">The time, which the proxy compares with its own.</param>
    public void Start(Span<byte> hello, DateTimeOffset now)
    {
        FakeTlsClientHello.Write(hello, _secret, now, _random);
        hello.Slice(TlsRecords.RandomOffset, TlsRecords.RandomLength).CopyTo(_clientRandom);
    }

    /// <summary>How many bytes the answer has, as far as its beginning tells. No more bytes than that have been received: it is whole.</summary>
    /// <exception cref="FakeTlsException">What begins so is no answer.</exception>
    public static int Measure(ReadOnlySpan<byte> received)
    {
        const int serverHelloAt = TlsRecords.RandomOffset + TlsRecords.RandomLength;
        if (received.Length < TlsRecords.HeaderLength)
        {
            return TlsRecords.HeaderLength;
        }

        var dataAt = TlsRecords.HeaderLength + TlsRecords.RequireLength(received, TlsRecords.Handshake);
        if (dataAt < serverHelloAt)
        {
            throw new FakeTlsException(FakeTlsFault.InvalidRecord);
        }

        var change = TlsRecords.ChangeCipherSpecRecord;
        var headerAt = dataAt + change.Length;
        if (received.Length < headerAt + TlsRecords.HeaderLength)
        {
            return headerAt + TlsRecords.HeaderLength;
        }

        return received[dataAt..headerAt].SequenceEqual(change)
            ? headerAt + TlsRecords.HeaderLength + TlsRecords.RequireLength(received[headerAt..], TlsRecords.ApplicationData)
            : throw new FakeTlsException(FakeTlsFault.InvalidRecord);
    }

    /// <summary>Checks that the answer comes from who knows the secret and has read this greeting.</summary>
    /// <param name="answer">The whole answer; its random bytes are overwritten.</param>
    /// <exception cref="FakeTlsException">It does not.</exception>
    public void Verify(Span<byte> answer)
    {
        if (answer.Length < TlsRecords.HeaderLength || Measure(answer) != answer.Length)
        {
            throw new FakeTlsException(FakeTlsFault.InvalidRecord);
        }

        var random = answer.Slice(TlsRecords.RandomOffset, TlsRecords.RandomLength);
        Span<byte> told = stackalloc byte[TlsRecords.RandomLength];
        random.CopyTo(told);
        random.Clear();
        Span<byte> digest = stackalloc byte[TlsRecords.RandomLength];
        FakeTlsServerHello.Digest(_clientRandom, answer, _secret.Key, digest);
        if (!CryptographicOperations.FixedTimeEquals(told, digest))
        {
            throw new FakeTlsException(FakeTlsFault.WrongDigest);
        }
    }
}
