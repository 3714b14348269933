using Microsoft.Extensions.Options;
using Telegram.Mtproto.Proxies;

namespace Telegram.Sandbox;

/// <summary>How a sandbox is to be started; everything has a default that suits development.</summary>
public sealed class SandboxOptions
{
    /// <summary>How many data centres there are, each on its own port.</summary>
    internal const int DataCenterCount = 3;

    /// <summary>Where keys, authorizations and the world are kept; the sandbox uses the folder <c>sandbox</c> inside it.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>The TCP port of data centre 2 on 127.0.0.1; data centres 1 and 3 follow on the next two. 0 takes free ports.</summary>
    public int Port { get; set; } = 2443;

    /// <summary>The HTTP control port on 127.0.0.1; 0 takes a free one.</summary>
    public int ControlPort { get; set; } = 2480;

    /// <summary>The TCP port on 127.0.0.1 of an MTProxy to all data centres; 0 takes a free one, <see langword="null"/> starts none.</summary>
    public int? ProxyPort { get; set; }

    /// <summary>The MTProxy's secrets, hexadecimal or base64url; one of each kind is made at start when there are none.</summary>
    public IList<string> ProxySecrets { get; } = [];

    /// <summary>How many operator accounts there are: <c>9996620001</c>, <c>9996620002</c>, …</summary>
    public int Operators { get; set; } = 2;

    /// <summary>How many dialogs each operator has.</summary>
    public int DialogsPerOperator { get; set; } = 12;

    /// <summary>How many messages of history each dialog has.</summary>
    public int MessagesPerDialog { get; set; } = 60;

    /// <summary>The shortest time a customer takes to answer.</summary>
    public TimeSpan ReplyDelay { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The longest time a customer takes to answer.</summary>
    public TimeSpan ReplyDelayMax { get; set; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How many TCP connections are served at once over all data centres; more are closed at once.</summary>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>How long a connection may take to its first valid encrypted message, and to the end of a frame it began.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may say nothing before it is closed.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Reads the sections <c>Sandbox</c> and <c>Data</c>; keys that are not there keep their defaults.</summary>
    /// <exception cref="InvalidOperationException">A value is not of its key's type.</exception>
    public static SandboxOptions FromConfiguration(IConfiguration configuration)
    {
        var options = new SandboxOptions();
        configuration.GetSection("Sandbox").Bind(options);
        options.DataDirectory = configuration["Data:Directory"] ?? options.DataDirectory;
        return options;
    }

    /// <summary>Throws when a value is out of its range, naming every wrong key.</summary>
    /// <exception cref="OptionsValidationException">At least one value is wrong.</exception>
    public void Validate()
    {
        var failures = Failures().ToList();
        if (failures.Count > 0)
        {
            throw new OptionsValidationException(nameof(SandboxOptions), typeof(SandboxOptions), failures);
        }
    }

    private IEnumerable<string> Failures()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            yield return "Data:Directory must name a directory.";
        }

        const int maxPort = ushort.MaxValue - DataCenterCount + 1;
        if (Port is < 0 or > maxPort)
        {
            yield return $"Sandbox:Port must be 0 (any free port) or a port up to {maxPort}, but is {Port}.";
        }

        if (ControlPort is < 0 or > ushort.MaxValue)
        {
            yield return $"Sandbox:ControlPort must be 0 (any free port) or a port up to {ushort.MaxValue}, but is {ControlPort}.";
        }
        else if (Port != 0 && ControlPort >= Port && ControlPort < Port + DataCenterCount)
        {
            yield return $"Sandbox:ControlPort {ControlPort} is a port of a data centre ({Port} to {Port + DataCenterCount - 1}).";
        }

        foreach (var failure in RangeFailures().Concat(ProxyFailures()))
        {
            yield return failure;
        }
    }

    private IEnumerable<string> ProxyFailures()
    {
        if (ProxyPort is < 0 or > ushort.MaxValue)
        {
            yield return $"Sandbox:ProxyPort must be empty (no MTProxy), 0 (any free port) or a port up to {ushort.MaxValue}, but is {ProxyPort}.";
        }
        else if (ProxyPort is > 0 and var port && (port == ControlPort || (Port != 0 && port >= Port && port < Port + DataCenterCount)))
        {
            yield return $"Sandbox:ProxyPort {port} is the control port or a port of a data centre.";
        }

        for (var i = 0; i < ProxySecrets.Count; i++)
        {
            if (!ProxySecret.TryParse(ProxySecrets[i], out _, out var problem))
            {
                yield return $"Sandbox:ProxySecrets:{i} {problem}.";
            }
        }
    }

    private IEnumerable<string> RangeFailures()
    {
        (string Key, int Value, int Min, int Max)[] ranges =
        [
            ("Operators", Operators, 1, 9_999),
            ("DialogsPerOperator", DialogsPerOperator, 0, 1_000_000),
            ("MessagesPerDialog", MessagesPerDialog, 0, 1_000_000),
            ("MaxConnections", MaxConnections, 1, 1_000_000),
        ];
        foreach (var (key, value, min, max) in ranges)
        {
            if (value < min || value > max)
            {
                yield return $"Sandbox:{key} must be between {min} and {max}, but is {value}.";
            }
        }

        if (ReplyDelay < TimeSpan.Zero || ReplyDelayMax < ReplyDelay || ReplyDelayMax > TimeSpan.FromDays(1))
        {
            yield return "Sandbox:ReplyDelay must not be negative, nor longer than Sandbox:ReplyDelayMax, which is a day at most.";
        }

        if (HandshakeTimeout <= TimeSpan.Zero || IdleTimeout <= TimeSpan.Zero)
        {
            yield return "Sandbox:HandshakeTimeout and Sandbox:IdleTimeout must be longer than nothing.";
        }
    }
}
