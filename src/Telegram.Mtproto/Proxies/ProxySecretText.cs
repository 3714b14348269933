using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Telegram.Mtproto.Proxies;

/// <summary>The written forms of a proxy's secret. Hexadecimal comes first: a text that is a secret in both is taken for that.</summary>
internal static class ProxySecretText
{
    /// <summary>The longest secret in bytes.</summary>
    public const int MaxLength = 1 + ProxySecret.KeyLength + ProxySecret.MaxDomainLength;

    private const int MaxTextLength = 2 * MaxLength;

    private static readonly SearchValues<char> DomainCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    public static bool TryDecode(string? text, Span<byte> bytes, out int length, [NotNullWhen(false)] out string? problem)
    {
        length = 0;
        var characters = text.AsSpan().Trim();
        problem = characters.Length switch
        {
            0 => "is empty",
            > MaxTextLength => $"is longer than {MaxTextLength} characters",
            _ => null,
        };
        if (problem is not null)
        {
            return false;
        }

        // What is wrong is told of the hexadecimal reading, if there is one: it leaves less to guess.
        if (IsSecret(TryHex(characters, bytes, out length), bytes, length)
            || IsSecret(TryBase64(characters, bytes, out length), bytes, length)
            || TryHex(characters, bytes, out length)
            || TryBase64(characters, bytes, out length))
        {
            return true;
        }

        problem = "is neither hexadecimal nor base64url";
        return false;
    }

    /// <summary>What keeps bytes from being a secret; null when nothing does.</summary>
    public static string? ProblemOf(ReadOnlySpan<byte> bytes)
    {
        const int marked = ProxySecret.KeyLength + 1;
        return bytes.Length switch
        {
            ProxySecret.KeyLength => null,
            marked when bytes[0] == ProxySecret.PaddedMark => null,
            marked when bytes[0] == ProxySecret.FakeTlsMark => "begins with ee and names no domain",
            > marked when bytes[0] == ProxySecret.FakeTlsMark => IsDomain(Encoding.Latin1.GetString(bytes[marked..])) ? null : "names no proper domain",
            _ => $"has {bytes.Length} bytes, and not 16, nor dd and 16, nor ee, 16 and a domain",
        };
    }

    public static bool IsDomain(string text) =>
        text.Length is > 0 and <= ProxySecret.MaxDomainLength && !text.AsSpan().ContainsAnyExcept(DomainCharacters) && text[0] != '.';

    private static bool IsSecret(bool isDecoded, ReadOnlySpan<byte> bytes, int length) =>
        isDecoded && ProblemOf(bytes[..length]) is null;

    private static bool TryHex(ReadOnlySpan<char> text, Span<byte> bytes, out int length) =>
        Convert.FromHexString(text, bytes, out _, out length) == OperationStatus.Done;

    private static bool TryBase64(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        Span<char> url = stackalloc char[MaxTextLength];
        url = url[..text.Length];
        text.Replace(url, '+', '-');
        url.Replace('/', '_');
        return Base64Url.DecodeFromChars(url.TrimEnd('='), bytes, out _, out length) == OperationStatus.Done;
    }
}
