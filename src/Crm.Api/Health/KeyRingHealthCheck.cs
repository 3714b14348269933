using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Crm.Api.Health;

/// <summary>
/// Whether what is encrypted now can be decrypted after a restart: the key in use, which the process keeps in memory, must be in the ring
/// where it is stored, and the ring must take new keys.
/// </summary>
internal sealed class KeyRingHealthCheck(
    IDataProtectionProvider protection, IKeyManager keys, IOptions<KeyManagementOptions> options, TimeProvider time) : IHealthCheck
{
    /// <summary>Anybody may ask as often as they like; the disk is asked so often at most.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // A payload begins with four bytes that never change, then the id of its key.
    private const int KeyIdAt = 4;
    private const int KeyIdLength = 16;

    private static readonly byte[] Probe = [1];

    private readonly IDataProtector _protector = protection.CreateProtector("Crm.Health");

    private readonly Lock _lock = new();
    private HealthCheckResult _latest;
    private long? _lookedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_lookedAt is not { } last || time.GetElapsedTime(last) >= Interval)
            {
                (_latest, _lookedAt) = (Look(), time.GetTimestamp());
            }

            return Task.FromResult(_latest);
        }
    }

    private HealthCheckResult Look()
    {
        try
        {
            var payload = _protector.Protect(Probe);
            _protector.Unprotect(payload);
            var inUse = new Guid(payload.AsSpan(KeyIdAt, KeyIdLength));
            if (!keys.GetAllKeys().Any(key => key.KeyId == inUse && !key.IsRevoked))
            {
                return HealthCheckResult.Unhealthy("The key in use is no longer in the ring.");
            }

            RequireWritable();
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The key ring cannot be used.", exception);
        }
    }

    private void RequireWritable()
    {
        if (options.Value.XmlRepository is FileSystemXmlRepository { Directory.FullName: var directory })
        {
            using var probe = new FileStream(
                Path.Combine(directory, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
    }
}
