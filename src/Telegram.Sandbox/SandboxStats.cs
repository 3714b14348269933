namespace Telegram.Sandbox;

/// <summary>What the sandbox has seen since it was started.</summary>
/// <param name="Connections">TCP connections that are open now.</param>
/// <param name="Sessions">Sessions in memory now, connected or not.</param>
/// <param name="AuthKeys">Auth keys of all data centres.</param>
/// <param name="Accepted">TCP connections accepted so far.</param>
/// <param name="Rpcs">How often each method was called.</param>
/// <param name="Rejected">Messages, frames and connections that were refused, by reason.</param>
public sealed record SandboxStats(
    int Connections,
    int Sessions,
    int AuthKeys,
    long Accepted,
    IReadOnlyDictionary<string, long> Rpcs,
    IReadOnlyDictionary<string, long> Rejected);
