using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Api.Health;

/// <summary>Whether the database answers and has its schema.</summary>
internal sealed class StorageHealthCheck(IStorageHealth storage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await storage.CheckAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StorageUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Trouble.ToString(), exception);
        }
    }
}
