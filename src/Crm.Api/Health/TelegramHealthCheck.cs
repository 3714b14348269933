using Crm.Application.Ownership;
using Crm.Application.Ports.Telegram;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Api.Health;

/// <summary>
/// Whether messages flow to the connections that listen. Those that are away make the server degraded and no more: it does its other work,
/// and a restart brings nobody nearer.
/// </summary>
internal sealed class TelegramHealthCheck(ITelegramLiveness liveness, ITelegramOwnership ownership) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var found = liveness.Look();
        var facts = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["owner"] = ownership.IsHeld,
            ["live"] = found.Live,
            ["away"] = found.Away,
        };
        return Task.FromResult(found.Away == 0 ? HealthCheckResult.Healthy(data: facts) : HealthCheckResult.Degraded(data: facts));
    }
}
