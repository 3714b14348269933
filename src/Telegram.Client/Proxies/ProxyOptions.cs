using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Telegram.Mtproto.Proxies;

namespace Telegram.Client;

/// <summary>A proxy between a <see cref="TelegramClient"/> and Telegram: all of the client's connections go through it.</summary>
/// <param name="Host">A host name, or an IPv4 or IPv6 address. Names are looked up for each connection.</param>
/// <param name="Port">1 to 65535.</param>
public abstract record ProxyOptions(string Host, int Port)
{
    private const int MaxHostLength = 253;

    private protected abstract string Name { get; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is not usable; the message names it and holds no secret.</exception>
    public virtual void Validate()
    {
        Require(IsHost(Host), "is to be a host name or an IP address", nameof(Host));
        Require(Port is > 0 and <= IPEndPoint.MaxPort, "lies between 1 and 65535", nameof(Port));
    }

    /// <summary>Names kind, host and port; never who signs in, nor with what.</summary>
    public sealed override string ToString() => $"{Name} {(Host?.Contains(':') == true ? $"[{Host}]" : Host)}:{Port}";

    private protected static void Require(bool condition, string what, string name)
    {
        if (!condition)
        {
            throw new ArgumentException($"The proxy's {name} {what}.", name);
        }
    }

    private static bool IsHost(string? host) =>
        host is { Length: > 0 and <= MaxHostLength }
        && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}

/// <summary>A proxy one may have to sign in to.</summary>
/// <param name="Host">See <see cref="ProxyOptions"/>.</param>
/// <param name="Port">See <see cref="ProxyOptions"/>.</param>
/// <param name="Username">At most 255 bytes of UTF-8; <see langword="null"/>: nobody signs in.</param>
/// <param name="Password">At most 255 bytes of UTF-8; a secret. There is one exactly when there is a user name.</param>
public abstract record SignInProxyOptions(string Host, int Port, string? Username, string? Password) : ProxyOptions(Host, Port)
{
    private const int MaxCredentialLength = 255;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Username is null || IsCredential(Username), "has 1 to 255 bytes and no control characters", nameof(Username));
        Require(Password is null || IsCredential(Password), "has 1 to 255 bytes and no control characters", nameof(Password));
        Require(Username is not null || Password is null, "is missing, and there is a password", nameof(Username));
        Require(Password is not null || Username is null, "is missing, and there is a user name", nameof(Password));
    }

    private static bool IsCredential(string text) =>
        text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= MaxCredentialLength && !text.Any(char.IsControl);
}

/// <summary>A SOCKS5 proxy (<see href="https://www.rfc-editor.org/rfc/rfc1928">RFC 1928</see>), with sign-in by RFC 1929.</summary>
/// <param name="Host">See <see cref="ProxyOptions"/>.</param>
/// <param name="Port">See <see cref="ProxyOptions"/>.</param>
/// <param name="Username">See <see cref="SignInProxyOptions"/>.</param>
/// <param name="Password">See <see cref="SignInProxyOptions"/>.</param>
public sealed record Socks5Proxy(string Host, int Port, string? Username = null, string? Password = null)
    : SignInProxyOptions(Host, Port, Username, Password)
{
    private protected override string Name => "SOCKS5 proxy";
}

/// <summary>
/// An HTTP proxy that allows CONNECT (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6">RFC 9110</see>), with Basic sign-in.
/// </summary>
/// <param name="Host">See <see cref="ProxyOptions"/>.</param>
/// <param name="Port">See <see cref="ProxyOptions"/>.</param>
/// <param name="Username">See <see cref="SignInProxyOptions"/>; without a colon.</param>
/// <param name="Password">See <see cref="SignInProxyOptions"/>.</param>
public sealed record HttpProxy(string Host, int Port, string? Username = null, string? Password = null)
    : SignInProxyOptions(Host, Port, Username, Password)
{
    private protected override string Name => "HTTP proxy";

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Username?.Contains(':') != true, "holds no colon", nameof(Username));
    }
}

/// <summary>
/// An MTProxy: it knows Telegram's data centres itself and is told their numbers. Connections through it are always obfuscated, and use
/// the padded intermediate transport where the secret demands it.
/// </summary>
/// <param name="Host">See <see cref="ProxyOptions"/>.</param>
/// <param name="Port">See <see cref="ProxyOptions"/>.</param>
/// <param name="Secret">The proxy's secret.</param>
/// <remarks><see href="https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation"/>.</remarks>
public sealed record MtProxy(string Host, int Port, ProxySecret Secret) : ProxyOptions(Host, Port)
{
    private protected override string Name => "MTProxy";

    /// <summary>Makes one of the secret's text, hexadecimal or base64url.</summary>
    /// <param name="host">See <see cref="ProxyOptions"/>.</param>
    /// <param name="port">See <see cref="ProxyOptions"/>.</param>
    /// <param name="secret">The secret as people are given it.</param>
    /// <param name="proxy">The proxy.</param>
    /// <param name="problem">What is wrong with the secret, to stand behind a subject; nothing of the secret.</param>
    public static bool TryCreate(
        string host, int port, string? secret, [NotNullWhen(true)] out MtProxy? proxy, [NotNullWhen(false)] out string? problem)
    {
        proxy = ProxySecret.TryParse(secret, out var parsed, out problem) ? new MtProxy(host, port, parsed) : null;
        return proxy is not null;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Secret is not null, "is missing", nameof(Secret));
    }
}
