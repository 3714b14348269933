using Crm.Application.Ports.Storage;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Crm.Api.Tests.Support;

/// <summary>The API over HTTP with a scripted application behind it: what is tested is the API's own part.</summary>
internal sealed class StubbedApi : WebApplicationFactory<Program>
{
    private readonly TemporaryDirectory _data = new();

    public ScriptedMediator Application { get; } = new();

    public StubAccounts Accounts { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string EnvironmentName { get; init; } = Environments.Production;

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(EnvironmentName);
        builder.UseSetting("Data:Directory", _data.Path);
        builder.UseSetting("Telegram:Environment", "test");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<IHostedService>();
            services.AddSingleton<IMediator>(Application);
            services.AddSingleton<IAccountStore>(Accounts);
            services.AddSingleton<IStorageHealth>(Accounts);
            services.AddSingleton(Time);
            services.AddSingleton<IStartupFilter, RemoteAddressFilter>();
            services.AddSingleton<IStartupFilter, DocumentedAnswers>();
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _data.Dispose();
    }
}
