using Telegram.Mtproto.Crypto;

namespace Telegram.Sandbox.Tests.Support;

/// <summary>One RSA key for the sandboxes of all tests: making one takes longer than most of them.</summary>
internal static class SharedKey
{
    private static readonly Lazy<string> Pem = new(() => RsaPrivateKey.Create().ToPem());

    public static void PutInto(string dataDirectory)
    {
        var directory = Directory.CreateDirectory(Path.Combine(dataDirectory, "sandbox")).FullName;
        var path = Path.Combine(directory, "private-key.pem");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Pem.Value);
        }
    }
}
