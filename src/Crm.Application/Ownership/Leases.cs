using Crm.Application.Ports;
using Crm.Application.Ports.Storage;

namespace Crm.Application.Ownership;

/// <summary>How this process asks for the lease.</summary>
public static class Leases
{
    /// <summary>Takes the lease, also from a process that is known to have ended; else the answer is the holder's that keeps it.</summary>
    public static async Task<Lease> TakeAsync(
        this ILeaseStore leases, IProcesses processes, TimeSpan life, CancellationToken cancellationToken)
    {
        var lease = await leases.TakeAsync(processes.Self, life, over: null, cancellationToken);
        return lease.Holder != processes.Self && processes.HasEnded(lease.Holder)
            ? await leases.TakeAsync(processes.Self, life, over: lease, cancellationToken)
            : lease;
    }
}
