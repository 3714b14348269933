using System.Net;
using System.Net.Sockets;
using Crm.Application.Events;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Persistence.SqlServer;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

public sealed class SqlServerDatabaseTests
{
    [Test]
    public void Opening_WhenNoServerListens_SaysUnreachableAndTellsNoSecret()
    {
        using var database = new SqlServerDatabase(Options(FreePort()), new EventSignal(), TimeProvider.System);

        var exception = Assert.ThrowsAsync<StorageUnavailableException>(() => database.Opening.EnsureAsync(default));

        Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Unreachable));
        Assert.That(exception.ToString(), Does.Contain("Storage:ConnectionString").And.Not.Contain("hunter2"));
    }

    [Test]
    public void Opening_WhenItIsCancelled_StopsTrying()
    {
        using var database = new SqlServerDatabase(Options(FreePort()), new EventSignal(), TimeProvider.System);

        Assert.That(() => database.Opening.EnsureAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("Server=db;Database=crm;MultipleActiveResultSets=true", "Telegram CRM")]
    [TestCase("Server=db;Database=crm;Application Name=ours", "ours")]
    public void Complete_WhenAConnectionStringIsGiven_AddsWhatTheCodeReliesOn(string text, string application)
    {
        var builder = new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(SqlServerConnectionString.Complete(text));

        Assert.That(
            (builder.MultipleActiveResultSets, builder.Enlist, builder.ApplicationName, builder.DataSource),
            Is.EqualTo((false, false, application, "db")));
    }

    private static PersistenceOptions Options(int port) => new()
    {
        Provider = StorageProvider.SqlServer,
        ConnectionString = $"Server=127.0.0.1,{port};Database=crm;User ID=crm;Password=hunter2;Connect Timeout=5;ConnectRetryCount=0",
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
