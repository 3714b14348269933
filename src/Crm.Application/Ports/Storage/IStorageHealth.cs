namespace Crm.Application.Ports.Storage;

/// <summary>Whether the storage answers.</summary>
public interface IStorageHealth
{
    /// <summary>Returns when it does, and throws <see cref="StorageUnavailableException"/> when it doesn't.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
