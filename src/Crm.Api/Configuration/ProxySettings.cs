using Telegram.Client;

namespace Crm.Api.Configuration;

internal enum ProxyType
{
    None,
    Socks5,
    Http,
    MtProxy,
}

/// <summary>The proxy on the way to Telegram: <c>Telegram:Proxy</c>. No message repeats a user name, a password or a secret.</summary>
internal static class ProxySettings
{
    private const string Section = "Telegram:Proxy";

    /// <summary>The proxy as it is set; null for none, or when something about it is wrong.</summary>
    public static ProxyOptions? Read(SettingReader reader)
    {
        var type = reader.Choice($"{Section}:Type", ProxyType.None);
        if (type is ProxyType.None)
        {
            return null;
        }

        var before = reader.Problems.Count;
        var host = reader.Text($"{Section}:Host", string.Empty);
        var port = reader.Number($"{Section}:Port", 0, 1, 65_535, "the proxy's port: a number from 1 to 65535");
        ProxyOptions? proxy = type is ProxyType.MtProxy ? ReadMtProxy(reader, host, port) : ReadSignIn(reader, type, host, port);
        if (reader.Problems.Count == before && proxy is not null)
        {
            Check(reader, proxy);
        }

        return reader.Problems.Count == before ? proxy : null;
    }

    private static MtProxy? ReadMtProxy(SettingReader reader, string host, int port)
    {
        RequireEmpty(reader, "Username", "mtproxy has a secret instead");
        RequireEmpty(reader, "Password", "mtproxy has a secret instead");
        if (MtProxy.TryCreate(host, port, Secret(reader, "Secret"), out var proxy, out var problem))
        {
            return proxy;
        }

        reader.Refuse($"{Section}:Secret must be the secret of the proxy, hexadecimal or base64url, but {problem}.");
        return null;
    }

    private static SignInProxyOptions ReadSignIn(SettingReader reader, ProxyType type, string host, int port)
    {
        RequireEmpty(reader, "Secret", "only mtproxy has one");
        var (username, password) = (Secret(reader, "Username"), Secret(reader, "Password"));
        return type is ProxyType.Socks5 ? new Socks5Proxy(host, port, username, password) : new HttpProxy(host, port, username, password);
    }

    private static void Check(SettingReader reader, ProxyOptions proxy)
    {
        try
        {
            proxy.Validate();
        }
        catch (ArgumentException exception)
        {
            reader.Refuse($"{Section}:{exception.ParamName} is wrong: {exception.Message.Split(" (Parameter")[0]}");
        }
    }

    private static void RequireEmpty(SettingReader reader, string key, string reason)
    {
        if (Secret(reader, key) is not null)
        {
            reader.Refuse($"{Section}:{key} must be empty with this type of proxy: {reason}.");
        }
    }

    private static string? Secret(SettingReader reader, string key) =>
        reader.Text($"{Section}:{key}", string.Empty) is { Length: > 0 } value ? value : null;
}
