using Telegram.Mtproto;
using Telegram.Mtproto.Proxies;

namespace Telegram.Sandbox.Proxies;

/// <summary>What all connections through the sandbox's MTProxy share: its secrets, and what it has seen of greetings.</summary>
/// <param name="secrets">Each lets clients in, in the way it demands.</param>
/// <param name="time">The real time: a proxy is another machine than the data centres, whose clock may be wrong.</param>
internal sealed class ProxyGate(IReadOnlyList<ProxySecret> secrets, TimeProvider time)
{
    private const string Domain = "sandbox.example";

    public IReadOnlyList<ProxySecret> Secrets { get; } = secrets;

    public FakeTlsServerHandshake FakeTls { get; } = new(secrets);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The gate the options ask for, with new secrets if they name none; null for none.</summary>
    public static ProxyGate? From(SandboxOptions options, TimeProvider time, IRandomSource random)
    {
        if (options.ProxyPort is null)
        {
            return null;
        }

        IReadOnlyList<ProxySecret> secrets = options.ProxySecrets.Count > 0
            ? [.. options.ProxySecrets.Select(ProxySecret.Parse)]
            :
            [
                ProxySecret.Create(ProxySecretKind.Plain, random),
                ProxySecret.Create(ProxySecretKind.Padded, random),
                ProxySecret.Create(ProxySecretKind.FakeTls, random, Domain),
            ];
        return new ProxyGate(secrets, time);
    }
}
