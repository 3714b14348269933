using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

/// <summary>Tests of a store in each database: every one begins with an empty one.</summary>
public abstract class StoreTests(StorageProvider provider)
{
    private protected StorageProvider Provider => provider;

    private protected StoreFixture Stores { get; private set; } = null!;

    [SetUp]
    public void CreateStores() => Stores = new StoreFixture(provider);

    [TearDown]
    public async Task DeleteStores() => await Stores.DisposeAsync();
}

/// <summary>Every one begins with a connection that is signed in.</summary>
public abstract class ConnectedStoreTests(StorageProvider provider) : StoreTests(provider)
{
    private protected Connection Connection { get; private set; } = null!;

    [SetUp]
    public async Task AddConnection() => Connection = await Stores.AddAuthorizedAsync();
}
