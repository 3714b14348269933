using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Api.Health;

/// <summary>Asks the database a question that only a reachable and migrated one can answer.</summary>
internal sealed class StorageHealthCheck(IAccountStore accounts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await accounts.FindLastSignedInAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StorageUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Trouble.ToString(), exception);
        }
    }
}
