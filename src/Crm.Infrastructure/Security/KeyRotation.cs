using System.Runtime.CompilerServices;
using Crm.Application.Ownership;
using Crm.Application.Ports;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Infrastructure.Security;

/// <summary>What a rotation did.</summary>
/// <param name="Encrypted">Secrets that now are encrypted with the new key.</param>
/// <param name="Unreadable">Secrets that no key at hand can read; they stay as they are.</param>
/// <param name="Revoked">Keys that open nothing any more.</param>
public sealed record KeyRotationReport(int Encrypted, int Unreadable, int Revoked);

/// <summary>Somebody works with the database.</summary>
public sealed class DatabaseInUseException(string message) : Exception(message);

/// <summary>
/// Makes a new key and encrypts every stored secret with it. It takes the lease to speak with Telegram meanwhile, so that no session is
/// stored under an older key behind its back. Broken off, it leaves secrets under both keys, which are read as ever; it is run again then.
/// </summary>
public static class KeyRotation
{
    private const int PageSecrets = 200;
    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan LeaseLife = TimeSpan.FromMinutes(2);

    /// <summary>Rotates the keys.</summary>
    /// <param name="options">The database.</param>
    /// <param name="keysDirectory">The key ring.</param>
    /// <param name="revokes">Whether older keys are worth nothing afterwards: what was stolen with them can't be read, and tokens they signed are void.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up between two secrets.</param>
    /// <exception cref="DatabaseInUseException">A process works with the database.</exception>
    /// <exception cref="StorageUnavailableException">The database can't answer.</exception>
    public static async Task<KeyRotationReport> RunAsync(
        PersistenceOptions options, string keysDirectory, bool revokes, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time)
            .AddCrmSecurity(keysDirectory)
            .AddCrmPersistence(options)
            .BuildServiceProvider();
        var leases = services.GetRequiredService<ILeaseStore>();
        var lease = await TakeLeaseAsync(leases, services.GetRequiredService<IProcesses>(), cancellationToken);
        try
        {
            return await RotateAsync(services, leases, lease, revokes, time, cancellationToken);
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private static async Task<Lease> TakeLeaseAsync(ILeaseStore leases, IProcesses processes, CancellationToken cancellationToken)
    {
        var lease = await leases.TakeAsync(processes, LeaseLife, cancellationToken);
        return lease.Holder == processes.Self
            ? lease
            : throw new DatabaseInUseException($"Process {lease.Holder.ProcessId} works with the database: stop it first.");
    }

    private static async Task<KeyRotationReport> RotateAsync(
        ServiceProvider services, ILeaseStore leases, Lease lease, bool revokes, TimeProvider time, CancellationToken cancellationToken)
    {
        var keys = services.GetRequiredService<IKeyManager>();
        var now = time.GetUtcNow();
        var newKey = keys.CreateNewKey(now, now + KeyLife);
        var secrets = services.GetRequiredService<ISecretStore>();
        var protector = services.GetRequiredService<ISecretProtector>();
        var (encrypted, unreadable) = (0, 0);
        foreach (var kind in Enum.GetValues<SecretKind>())
        {
            await foreach (var secret in ReadAsync(secrets, kind, cancellationToken))
            {
                if (Encrypt(protector, kind, secret.Ciphertext) is not { } ciphertext)
                {
                    unreadable++;
                }
                else if (await secrets.TryReplaceAsync(kind, secret, ciphertext, cancellationToken))
                {
                    encrypted++;
                }

                if ((encrypted + unreadable) % PageSecrets == 0 && !await leases.RenewAsync(lease, LeaseLife, cancellationToken))
                {
                    throw new DatabaseInUseException("Another process has begun to work with the database: stop it and run this again.");
                }
            }
        }

        return new KeyRotationReport(encrypted, unreadable, revokes ? Revoke(keys, newKey) : 0);
    }

    private static async IAsyncEnumerable<StoredSecret> ReadAsync(
        ISecretStore secrets, SecretKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = long.MinValue;
        IReadOnlyList<StoredSecret> page;
        do
        {
            page = await secrets.ListAsync(kind, after, PageSecrets, cancellationToken);
            foreach (var secret in page)
            {
                yield return secret;
                after = secret.Id;
            }
        }
        while (page.Count == PageSecrets);
    }

    private static byte[]? Encrypt(ISecretProtector protector, SecretKind kind, byte[] ciphertext)
    {
        try
        {
            return protector.Protect(kind, protector.Unprotect(kind, ciphertext));
        }
        catch (StorageUnavailableException exception) when (exception.Trouble is StorageTrouble.KeysMissing)
        {
            return null;
        }
    }

    private static int Revoke(IKeyManager keys, IKey newKey)
    {
        var older = keys.GetAllKeys().Where(key => key.KeyId != newKey.KeyId && !key.IsRevoked).ToList();
        foreach (var key in older)
        {
            keys.RevokeKey(key.KeyId, "rotated");
        }

        return older.Count;
    }
}
