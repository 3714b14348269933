using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain.Accounts;
using Crm.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Benchmarks;

/// <summary>A database of its own with one account, as the host would register it.</summary>
internal sealed class StoreDatabase(ServiceProvider services, DirectoryInfo directory, SignedInAccount account) : IAsyncDisposable
{
    public long AccountId => account.AccountId;

    public long ConnectionId => account.ConnectionId;

    public string File => Path.Combine(directory.FullName, "crm.db");

    public IMessageStore Messages => services.GetRequiredService<IMessageStore>();

    public static async Task<StoreDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("crm-benchmark-");
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<ISecretProtector, NoSecrets>()
            .AddCrmPersistence(new PersistenceOptions { DataDirectory = directory.FullName })
            .BuildServiceProvider();
        var login = Login.TryParse("benchmark", out var parsed) ? parsed : throw new InvalidOperationException("It is no login.");
        var account = await services.GetRequiredService<IAccountStore>().TryAddAsync(new NewAccount(login, "hash", 1, "hash"), cancellationToken);
        return new StoreDatabase(services, directory, account!);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    /// <summary>Nothing here is secret.</summary>
    private sealed class NoSecrets : ISecretProtector
    {
        public byte[] Protect(SecretKind kind, ReadOnlySpan<byte> secret) => secret.ToArray();

        public byte[] Unprotect(SecretKind kind, byte[] ciphertext) => ciphertext;
    }
}
