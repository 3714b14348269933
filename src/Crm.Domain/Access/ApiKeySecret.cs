using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Domain.Access;

/// <summary>
/// An API key as its owner holds it: 256 random bits behind a prefix by which people and secret scanners know it. Nothing but its
/// SHA-256 is stored: against so many bits a slow hash would add nothing.
/// </summary>
public static class ApiKeySecret
{
    public const string Prefix = "crmkey_";
    private const int SecretBytes = 32;
    private const int ShownCharacters = 6;

    /// <summary>The length of every key.</summary>
    private static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(SecretBytes);

    public static string New()
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        return Prefix + Base64Url.EncodeToString(secret);
    }

    /// <summary>Whether a credential is meant as an API key.</summary>
    public static bool IsMeant(string credential) => credential.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What a key is found by; null when the text can't be one.</summary>
    public static byte[]? Hash(string key) => key.Length == Length ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;

    /// <summary>The beginning, by which its owner knows it again.</summary>
    public static string Hint(string key) => key[..(Prefix.Length + ShownCharacters)];
}
