using Telegram.Mtproto.Crypto;

namespace Telegram.Sandbox.Storage;

/// <summary>The sandbox's RSA key: made on the first start, the public half written beside it for foreign clients.</summary>
internal static class RsaKeyFile
{
    public const string PublicName = "public-key.pem";
    private const string PrivateName = "private-key.pem";

    /// <summary>Reads the key, or makes it.</summary>
    /// <exception cref="InvalidDataException">The file holds no RSA key of 2048 bits.</exception>
    public static RsaPrivateKey LoadOrCreate(string directory)
    {
        var path = Path.Combine(directory, PrivateName);
        var key = File.Exists(path) ? Load(path) : Create(path);
        File.WriteAllText(Path.Combine(directory, PublicName), key.PublicKey.ToPem());
        return key;
    }

    private static RsaPrivateKey Load(string path)
    {
        try
        {
            return RsaPrivateKey.FromPem(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path} holds no RSA key of 2048 bits; delete it and another is made.", e);
        }
    }

    private static RsaPrivateKey Create(string path)
    {
        var key = RsaPrivateKey.Create();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Under another name first: a half-written key would stop every later start.
        var unfinished = path + ".new";
        using (var file = new StreamWriter(unfinished, options))
        {
            file.Write(key.ToPem());
        }

        File.Move(unfinished, path, overwrite: true);
        return key;
    }
}
