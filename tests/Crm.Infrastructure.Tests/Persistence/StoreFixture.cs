using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Accounts;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Security;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Crm.Infrastructure.Tests.Persistence;

/// <summary>The stores on a database file of their own, as the host registers them.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _ownsDirectory;
    private int _logins;

    public StoreFixture(string? directory = null, TimeSpan? busyTimeout = null)
    {
        _ownsDirectory = directory is null;
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("crm-stores-").FullName;
        var options = new PersistenceOptions { DataDirectory = Directory, BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(5) };
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddCrmSecurity(Directory)
            .AddCrmPersistence(options)
            .BuildServiceProvider();
    }

    public string Directory { get; }

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
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
