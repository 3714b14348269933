namespace Crm.Application.Ports.Storage;

/// <summary>
/// The one lease to speak with Telegram: two processes with the same keys would end every session. It has a token that grows with
/// each holder; what a former holder still wants to store is refused by it.
/// </summary>
public interface ILeaseStore
{
    /// <summary>Takes the lease where nobody has it, or it has run out.</summary>
    /// <param name="self">Who asks.</param>
    /// <param name="life">How long it lasts unless it is renewed.</param>
    /// <param name="over">A holder known to have ended: its lease is taken although it hasn't run out, unless it changed hands.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lease as it now is: ours, or the holder's that keeps it from us.</returns>
    Task<Lease> TakeAsync(LeaseHolder self, TimeSpan life, Lease? over, CancellationToken cancellationToken);

    /// <summary>Lets the lease last longer; false when it is no longer ours.</summary>
    Task<bool> RenewAsync(Lease lease, TimeSpan life, CancellationToken cancellationToken);

    /// <summary>Gives the lease back, so that another process need not wait for its end.</summary>
    Task ReleaseAsync(Lease lease, CancellationToken cancellationToken);
}

/// <summary>Who holds the lease, and the fencing token it got with it.</summary>
public sealed record Lease(long Token, LeaseHolder Holder);

/// <summary>A process: where it runs and when it began, so that it is known from a later one with the same number.</summary>
/// <param name="Host">The machine, and the part of it in which the process's number counts.</param>
/// <param name="ProcessId">Its number there.</param>
/// <param name="Started">When it began, in the host's own count.</param>
/// <param name="Instance">Unlike any other's, also within one process.</param>
public sealed record LeaseHolder(string Host, int ProcessId, long Started, string Instance);
