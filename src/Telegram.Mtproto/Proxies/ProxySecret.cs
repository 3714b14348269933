using System.Diagnostics.CodeAnalysis;
using System.Text;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Proxies;

/// <summary>
/// The secret of an MTProxy: a key of 16 bytes and what the proxy demands of its clients. Immutable. It is printed by <see cref="Reveal"/> alone.
/// </summary>
/// <remarks><see href="https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation"/>.</remarks>
public sealed class ProxySecret
{
    /// <summary>The length of the key in bytes.</summary>
    public const int KeyLength = 16;

    /// <summary>The longest domain: with a longer one the greeting would be larger than browsers' are.</summary>
    public const int MaxDomainLength = 182;

    internal const byte PaddedMark = 0xDD;
    internal const byte FakeTlsMark = 0xEE;

    private readonly byte[] _key;

    private ProxySecret(ProxySecretKind kind, ReadOnlySpan<byte> key, string domain)
    {
        Kind = kind;
        _key = key.ToArray();
        Domain = domain;
    }

    /// <summary>What the proxy demands.</summary>
    public ProxySecretKind Kind { get; }

    /// <summary>The key, 16 bytes.</summary>
    public ReadOnlySpan<byte> Key => _key;

    /// <summary>Whose server the proxy pretends to be; empty unless <see cref="ProxySecretKind.FakeTls"/>.</summary>
    public string Domain { get; }

    /// <summary>The transport a client of the proxy must use.</summary>
    /// <param name="preferred">The one it would use otherwise.</param>
    public TransportKind TransportFor(TransportKind preferred) => Kind == ProxySecretKind.Plain ? preferred : TransportKind.PaddedIntermediate;

    /// <summary>Reads a secret as proxies and <c>t.me/proxy</c> links give it: hexadecimal or base64url.</summary>
    /// <exception cref="FormatException">It is none; the message says why and holds nothing of it.</exception>
    public static ProxySecret Parse(string text) =>
        TryParse(text, out var secret, out var problem) ? secret : throw new FormatException($"The proxy's secret {problem}.");

    /// <summary>Reads a secret as <see cref="Parse"/> does.</summary>
    /// <param name="text">The secret.</param>
    /// <param name="secret">What it says.</param>
    /// <param name="problem">What is wrong with it, to stand behind a subject; nothing of the secret.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ProxySecret? secret, [NotNullWhen(false)] out string? problem)
    {
        secret = null;
        Span<byte> bytes = stackalloc byte[ProxySecretText.MaxLength];
        if (!ProxySecretText.TryDecode(text, bytes, out var length, out problem))
        {
            return false;
        }

        bytes = bytes[..length];
        problem = ProxySecretText.ProblemOf(bytes);
        secret = problem is null ? From(bytes) : null;
        return problem is null;
    }

    /// <summary>Makes a new secret.</summary>
    /// <param name="kind">What it is to demand.</param>
    /// <param name="random">Gives the key.</param>
    /// <param name="domain">For <see cref="ProxySecretKind.FakeTls"/> only: the server to pretend to be.</param>
    /// <exception cref="ArgumentException">The domain is missing, unwanted or no host name.</exception>
    public static ProxySecret Create(ProxySecretKind kind, IRandomSource random, string domain = "")
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(domain);
        if (kind == ProxySecretKind.FakeTls ? !ProxySecretText.IsDomain(domain) : domain.Length > 0)
        {
            throw new ArgumentException("A secret for fake TLS names a domain, and no other secret does.", nameof(domain));
        }

        Span<byte> key = stackalloc byte[KeyLength];
        random.Fill(key);
        return new ProxySecret(kind, key, domain);
    }

    /// <summary>The secret itself in hexadecimal, for whoever may know it.</summary>
    public string Reveal() => Convert.ToHexStringLower(Kind switch
    {
        ProxySecretKind.Plain => _key,
        ProxySecretKind.Padded => [PaddedMark, .. _key],
        _ => [FakeTlsMark, .. _key, .. Encoding.ASCII.GetBytes(Domain)],
    });

    /// <summary>Tells the kind only.</summary>
    public override string ToString() => $"ProxySecret {{ Kind = {Kind} }}";

    private static ProxySecret From(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        KeyLength => new ProxySecret(ProxySecretKind.Plain, bytes, string.Empty),
        KeyLength + 1 => new ProxySecret(ProxySecretKind.Padded, bytes[1..], string.Empty),
        _ => new ProxySecret(ProxySecretKind.FakeTls, bytes.Slice(1, KeyLength), Encoding.ASCII.GetString(bytes[(KeyLength + 1)..])),
    };
}
