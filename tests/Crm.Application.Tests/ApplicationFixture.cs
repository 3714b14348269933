using Crm.Application.AccountAuth;
using Crm.Application.Messages;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Ports.Webhooks;
using Crm.Application.TelegramAuth;
using Crm.Application.TelegramPreauth;
using Crm.Domain;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Security;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Testing;

namespace Crm.Application.Tests;

/// <summary>The application on real stores in a file of its own, before a Telegram in memory.</summary>
internal sealed class ApplicationFixture : IAsyncDisposable
{
    public const string ApiHash = "0123456789abcdef0123456789abcdef";
    public const string Password = "correct horse";
    public const string Phone = "+999 66 2 0001";

    private ServiceProvider _services;
    private bool _isRunning;

    public ApplicationFixture() => _services = Build();

    public FakeTelegram Telegram { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public AccountsOptions Accounts { get; } = new();

    /// <summary>How often passwords are hashed; few times, for these are no secrets.</summary>
    public int PasswordIterations { get; set; } = 10;

    /// <summary>Whether texts that wait to be sent are stored encrypted, from the next start on.</summary>
    public bool SealsQueuedTexts { get; set; }

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("crm-application-").FullName;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<TResponse> SendAsync<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default) =>
        Get<IMediator>().Send(request, cancellationToken);

    public async Task<AccountAuthResult> AddAccountAsync(string login = "operator") =>
        (await SendAsync(new AccountAuthCommand(login, Password, 1, ApiHash))).Value;

    public Task<Result<TelegramPreauthResult>> PreauthAsync(long accountId, string? password = null, string? code = null) =>
        SendAsync(new TelegramPreauthCommand(accountId, Phone, password, code, null));

    public Task<Result<TelegramAuthResult>> AuthAsync(long accountId, bool flag, string? code = null, bool resend = false) =>
        SendAsync(new TelegramAuthCommand(accountId, flag, code, resend));

    /// <summary>An account that is signed in to Telegram.</summary>
    public async Task<AccountAuthResult> AddOperatorAsync(string login = "operator")
    {
        var account = await AddAccountAsync(login);
        Telegram.SignInAs(account.ConnectionId);
        var prepared = await PreauthAsync(account.AccountId);
        Assert.That(prepared.Value.Status, Is.EqualTo(ConnectionStatus.Authorized));
        return account;
    }

    public async Task<Connection> CurrentAsync(long accountId) =>
        (await Get<IConnectionStore>().FindCurrentAsync(accountId, default))!;

    /// <summary>Starts what runs with the host.</summary>
    public async Task StartAsync()
    {
        _isRunning = true;
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }

    /// <summary>Ends the process and starts another on the same data; Telegram stays as it is.</summary>
    public async Task RestartAsync(bool start = true)
    {
        await StopAsync();
        _services = Build();
        if (start)
        {
            await StartAsync();
        }
    }

    public static async Task<List<MessageRow>> ListAsync(Result<IAsyncEnumerable<MessageRow>> result)
    {
        Assert.That(result.Error?.Code, Is.Null);
        var rows = new List<MessageRow>();
        await foreach (var row in result.Value)
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Waits for something that happens on another thread; fails when it doesn't.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            Assert.That(patience.IsCancellationRequested, Is.False, "It did not happen.");
            await Task.Yield();
        }
    }

    public static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task StopAsync()
    {
        if (_isRunning)
        {
            foreach (var service in _services.GetServices<IHostedService>().Reverse())
            {
                await service.StopAsync(default);
            }
        }

        _isRunning = false;
        await _services.DisposeAsync();
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time);
        services.AddOptions<PasswordHasherOptions>().Configure(options => options.IterationCount = PasswordIterations);
        services.AddOptions<AccountsOptions>().Configure(options => options.AllowRegistration = Accounts.AllowRegistration);
        var provider = services
            .AddCrmSecurity(Path.Combine(DataDirectory, "keys"))
            .AddCrmPersistence(new PersistenceOptions { DataDirectory = DataDirectory, SealsQueuedTexts = SealsQueuedTexts })
            .AddCrmApplication()
            .AddSingleton<ITelegramGateway>(Telegram)
            .AddSingleton<IWebhookSender, SilentTarget>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        provider.GetRequiredService<TelegramOwnership>().IsHeld = true;
        Telegram.Monitor = provider.GetRequiredService<ISessionMonitor>();
        return provider;
    }

    /// <summary>A target that takes whatever it is told.</summary>
    private sealed class SilentTarget : IWebhookSender
    {
        public Task<WebhookAnswer> SendAsync(WebhookRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(new WebhookAnswer(204, null));
    }
}
