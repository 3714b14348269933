using Crm.Application.Ports.Security;

namespace Crm.Application.Webhooks.Delivery;

/// <summary>When a failed delivery is tried again, and when no more.</summary>
internal sealed class WebhookBackoff(IRandomIds random)
{
    internal static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A target that has failed for so long is switched off.</summary>
    internal static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private const int LastDoubling = 12;
    private const int Steps = 1000;

    /// <summary>
    /// Twice as long after each failure, of which up to half is chance so that many targets that failed together don't come back
    /// together; at least as long as the target asks for, but never longer than <see cref="Longest"/>.
    /// </summary>
    public TimeSpan Next(int failures, TimeSpan? retryAfter)
    {
        var full = First * (1 << Math.Min(failures - 1, LastDoubling));
        var bounded = full < Longest ? full : Longest;
        var delay = bounded * (0.5 + (0.5 * ((ulong)random.Next() % Steps) / Steps));
        var asked = retryAfter is { } wait && wait < Longest ? wait : retryAfter is null ? TimeSpan.Zero : Longest;
        return delay > asked ? delay : asked;
    }
}
