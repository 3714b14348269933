using System.Data.Common;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Accounts;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Security;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Testing;
using Testing.Storage;

namespace Crm.Infrastructure.Tests.Persistence;

/// <summary>The stores on a database of their own, as the host registers them.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SqlServerTestDatabase? _server;
    private readonly PersistenceOptions _options;
    private readonly bool _ownsDirectory;
    private int _logins;

    public StoreFixture(StorageProvider provider = StorageProvider.Sqlite, TimeSpan? busyTimeout = null, bool sealsQueuedTexts = false)
        : this(CreateOptions(provider, busyTimeout, sealsQueuedTexts, out var server), ownsDirectory: true) => _server = server;

    private StoreFixture(PersistenceOptions options, bool ownsDirectory)
    {
        _options = options;
        _ownsDirectory = ownsDirectory;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddCrmSecurity(KeysDirectory)
            .AddCrmPersistence(options)
            .BuildServiceProvider();
    }

    public PersistenceOptions Options => _options;

    public string Directory => _options.DataDirectory;

    public string KeysDirectory => Path.Combine(Directory, "keys");

    public string DatabaseFile => Path.Combine(Directory, "crm.db");

    public ManualTimeProvider Time { get; } = new();

    public IAccountStore Accounts => _services.GetRequiredService<IAccountStore>();

    public IConnectionStore Connections => _services.GetRequiredService<IConnectionStore>();

    public IDialogStore Dialogs => _services.GetRequiredService<IDialogStore>();

    public IMessageStore Messages => _services.GetRequiredService<IMessageStore>();

    public ICoverageStore Coverage => _services.GetRequiredService<ICoverageStore>();

    public ISendStore Sends => _services.GetRequiredService<ISendStore>();

    public IEventStore Events => _services.GetRequiredService<IEventStore>();

    public IStorageHealth Health => _services.GetRequiredService<IStorageHealth>();

    public ISecretProtector Secrets => _services.GetRequiredService<ISecretProtector>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>On a file that is there already and stays.</summary>
    public static StoreFixture InDirectory(string directory) => new(new PersistenceOptions { DataDirectory = directory }, ownsDirectory: false);

    /// <summary>Another process on the same database, which outlives it.</summary>
    public StoreFixture OpenAgain() => new(_options, ownsDirectory: false);

    /// <summary>Leaves a test to SQLite, whose file or engine it is about.</summary>
    public void RequireSqlite(string reason)
    {
        if (_options.Provider is not StorageProvider.Sqlite)
        {
            Assert.Ignore($"About SQLite alone: {reason}.");
        }
    }

    /// <summary>Changes the database behind the stores' back.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await Health.CheckAsync(default);
        await using var connection = Connect();
        await connection.ExecuteAsync(sql);
    }

    public async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var connection = Connect();
        return [.. await connection.QueryAsync<T>(sql)];
    }

    public async Task<SignedInAccount> AddAccountAsync(string? login = null)
    {
        Assert.That(Login.TryParse(login ?? $"operator-{++_logins}", out var parsed), Is.True);
        var added = await Accounts.TryAddAsync(new NewAccount(parsed!, "hash", 1, "0123456789abcdef0123456789abcdef"), default);
        return added ?? throw new InvalidOperationException("The login is taken.");
    }

    public async Task<Connection> AddAuthorizedAsync(long telegramUserId = 7)
    {
        var account = await AddAccountAsync();
        var connection = await Connections.FindAsync(account.ConnectionId, default);
        var saved = await Connections.TrySaveAsync(connection!.Authorize(telegramUserId).Value, default);
        return saved!;
    }

    public async Task<List<Application.Messages.MessageRow>> ReadAsync(MessageFilter filter)
    {
        var rows = new List<Application.Messages.MessageRow>();
        await foreach (var row in Messages.ReadAsync(filter, default))
        {
            rows.Add(row);
        }

        return rows;
    }

    public static TelegramMessage Message(int id, long dialogId = 100, string text = "text", long? date = null, bool outgoing = false) =>
        new(dialogId, id, outgoing, text, date ?? 1_700_000_000 + id);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_ownsDirectory)
        {
            _server?.Dispose();
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private static PersistenceOptions CreateOptions(
        StorageProvider provider, TimeSpan? busyTimeout, bool sealsQueuedTexts, out SqlServerTestDatabase? server)
    {
        server = provider is StorageProvider.SqlServer ? SqlServerTestDatabase.Create() : null;
        return new PersistenceOptions
        {
            Provider = provider,
            DataDirectory = System.IO.Directory.CreateTempSubdirectory("crm-stores-").FullName,
            SealsQueuedTexts = sealsQueuedTexts,
            BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(5),
            ConnectionString = server?.ConnectionString ?? "",
        };
    }

    private DbConnection Connect() => _options.Provider is StorageProvider.SqlServer
        ? new SqlConnection(_options.ConnectionString)
        : new SqliteConnection($"Data Source={DatabaseFile}");
}
