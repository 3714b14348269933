using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Telegram.Mtproto;
using Telegram.Mtproto.Transports;

namespace Telegram.Client;

/// <summary>How a <see cref="TelegramClient"/> presents itself, what it connects to and how long it waits.</summary>
public sealed record TelegramClientOptions
{
    /// <summary>The application's id from my.telegram.org.</summary>
    public required int ApiId { get; init; }

    /// <summary>The application's hash from my.telegram.org. A secret.</summary>
    public required string ApiHash { get; init; }

    /// <summary>Where Telegram is.</summary>
    public required DataCenterTable DataCenters { get; init; }

    /// <summary>How payloads are framed. See <see href="https://core.telegram.org/mtproto/mtproto-transports"/>.</summary>
    public TransportKind Transport { get; init; } = TransportKind.PaddedIntermediate;

    /// <summary>Hides the protocol's outline from whoever looks at the connection. <see cref="TransportKind.Full"/> cannot be obfuscated.</summary>
    public bool Obfuscated { get; init; } = true;

    /// <summary>What all connections go through; <see langword="null"/>: nothing.</summary>
    public ProxyOptions? Proxy { get; init; }

    /// <summary>What <c>initConnection</c> says of the device.</summary>
    public string DeviceModel { get; init; } = "Server";

    /// <summary>What <c>initConnection</c> says of the operating system.</summary>
    public string SystemVersion { get; init; } = Environment.OSVersion.Platform.ToString();

    /// <summary>What <c>initConnection</c> says of the application's version.</summary>
    public string AppVersion { get; init; } = "1.0";

    /// <summary>The system's language, ISO 639-1.</summary>
    public string SystemLanguageCode { get; init; } = "en";

    /// <summary>The language pack's name; empty for applications that have none.</summary>
    public string LanguagePack { get; init; } = string.Empty;

    /// <summary>The application's language, ISO 639-1.</summary>
    public string LanguageCode { get; init; } = "en";

    /// <summary>The clock and the timers.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Randomness for keys, ids and jitter; cryptographically strong outside tests.</summary>
    public IRandomSource Random { get; init; } = CryptographicRandomSource.Instance;

    /// <summary>What happens to the connection is told here; never a secret, a phone or a text.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The longest wait for one address to accept a connection, for a proxy to find and reach it included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an address may stay silent before the next one is tried beside it.</summary>
    public TimeSpan ConnectStagger { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The longest wait for the exchange of a new authorization key.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest wait for the answer of one call, reconnects included.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first wait between two tries to connect; each further one is twice as long.</summary>
    public TimeSpan MinReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two tries to connect.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection to a data centre the account does not live in, made for a file, stays open unused.</summary>
    public TimeSpan IdleConnectionTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many batches of updates may wait for the reader.</summary>
    public int UpdatesCapacity { get; init; } = 16;

    /// <summary>
    /// Stores the session. Called one at a time and in order whenever data centre, keys or user change, and awaited before the change
    /// counts: a key is not used before it is stored. What it throws fails the operation that caused the change.
    /// Also called, in the background and at most every ten minutes, when salts or the clock's offset changed, and then for the last time
    /// when the client is disposed; what it throws there is logged.
    /// </summary>
    public Func<TelegramSession, CancellationToken, ValueTask>? SaveSession { get; init; }

    /// <summary>Told of each change of <see cref="TelegramClient.State"/>, in order. It is to be quick and not to throw.</summary>
    public Action<TelegramClientState>? StateChanged { get; init; }

    /// <summary>
    /// Told whenever updates may have been missed and the difference is about to be asked for: after a reconnect, and when the
    /// server began a new session. It must be quick and not throw. See https://core.telegram.org/api/updates#recovering-gaps.
    /// </summary>
    public Action? Resynchronizing { get; init; }

    /// <summary>The transport that is spoken: an MTProxy's secret may demand one.</summary>
    internal TransportKind WireTransport => Proxy is MtProxy proxy ? proxy.Secret.TransportFor(Transport) : Transport;

    internal bool IsObfuscated => Obfuscated || Proxy is MtProxy;

    /// <summary>What an MTProxy adds to the keys of the obfuscation; nothing without one.</summary>
    internal ReadOnlySpan<byte> ObfuscationKey => Proxy is MtProxy proxy ? proxy.Secret.Key : default;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is not usable; the message names it.</exception>
    public void Validate()
    {
        Require(ApiId > 0, "is to be positive", nameof(ApiId));
        Require(!string.IsNullOrWhiteSpace(ApiHash), "is missing", nameof(ApiHash));
        Require(DataCenters is not null, "is missing", nameof(DataCenters));
        Require(Enum.IsDefined(Transport), "is unknown", nameof(Transport));
        Require(!Obfuscated || Transport != TransportKind.Full, "Full cannot be obfuscated", nameof(Transport));
        Require(Proxy is not MtProxy || Transport != TransportKind.Full, "Full cannot go through an MTProxy", nameof(Transport));
        Proxy?.Validate();
        Require(TimeProvider is not null, "is missing", nameof(TimeProvider));
        Require(Random is not null, "is missing", nameof(Random));
        Require(Logger is not null, "is missing", nameof(Logger));
        RequirePositive(ConnectTimeout, nameof(ConnectTimeout));
        RequirePositive(ConnectStagger, nameof(ConnectStagger));
        RequirePositive(HandshakeTimeout, nameof(HandshakeTimeout));
        RequirePositive(RequestTimeout, nameof(RequestTimeout));
        RequirePositive(MinReconnectDelay, nameof(MinReconnectDelay));
        Require(MaxReconnectDelay >= MinReconnectDelay, "is shorter than the shortest delay", nameof(MaxReconnectDelay));
        RequirePositive(IdleConnectionTimeout, nameof(IdleConnectionTimeout));
        Require(UpdatesCapacity is >= 1 and <= 10_000, "lies between 1 and 10000", nameof(UpdatesCapacity));
        ValidateTexts();
    }

    /// <summary>Names the application's id only.</summary>
    public override string ToString() => $"TelegramClientOptions {{ ApiId = {ApiId} }}";

    private void ValidateTexts()
    {
        RequireText(DeviceModel, nameof(DeviceModel));
        RequireText(SystemVersion, nameof(SystemVersion));
        RequireText(AppVersion, nameof(AppVersion));
        RequireText(SystemLanguageCode, nameof(SystemLanguageCode));
        RequireText(LanguageCode, nameof(LanguageCode));
        Require(LanguagePack is not null, "is missing", nameof(LanguagePack));
    }

    private static void RequireText(string value, string name) =>
        Require(!string.IsNullOrWhiteSpace(value) && value.Length <= 256, "has 1 to 256 characters", name);

    private static void RequirePositive(TimeSpan value, string name) =>
        Require(value > TimeSpan.Zero && value < TimeSpan.FromDays(1), "lies between 0 and one day", name);

    private static void Require(bool condition, string what, string name)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {what}.", name);
        }
    }
}
