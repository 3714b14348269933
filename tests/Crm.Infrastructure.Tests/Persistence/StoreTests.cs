using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

/// <summary>Tests of a store in each database: every one begins with an empty one.</summary>
public abstract class StoreTests(StorageProvider provider)
{
    private StoreFixture _stores = null!;

    private protected StorageProvider Provider => provider;

    private protected StoreFixture Stores => _stores;

    [SetUp]
    public void CreateStores() => _stores = new StoreFixture(provider);

    [TearDown]
    public async Task DeleteStores() => await _stores.DisposeAsync();
}

/// <summary>Every one begins with a connection that is signed in.</summary>
public abstract class ConnectedStoreTests(StorageProvider provider) : StoreTests(provider)
{
    private Connection _connection = null!;

    private protected Connection Connection => _connection;

    [SetUp]
    public async Task AddConnection() => _connection = await Stores.AddAuthorizedAsync();
}
