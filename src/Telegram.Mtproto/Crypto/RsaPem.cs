using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>Reading of PEM with one exception for everything that can be wrong, and without the text in its message.</summary>
internal static class RsaPem
{
    public static void Import(RSA rsa, ReadOnlySpan<char> pem)
    {
        try
        {
            rsa.ImportFromPem(pem);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw new FormatException("The text is not one RSA key in PEM form.", exception);
        }
    }
}
