using Crm.Api.Configuration;
using Crm.Infrastructure.Telegram;
using Microsoft.Extensions.Options;
using Telegram.Client;
using Telegram.Sandbox;

namespace Crm.Api.Development;

/// <summary>A sandbox inside this process: up before anything connects to it, and down after everything has let go of it.</summary>
internal sealed class LocalSandbox(SandboxOptions options, ILoggerFactory loggers) : ITelegramEnvironment, IHostedService, IAsyncDisposable
{
    private SandboxServer? _server;

    public Uri? ControlUrl => _server?.ControlUrl;

    public SandboxProxy? Proxy => _server?.Proxy;

    public ValueTask<DataCenterTable> GetDataCentersAsync(CancellationToken cancellationToken)
    {
        var server = _server ?? throw new InvalidOperationException("The sandbox is not running.");
        var addresses = server.DataCenters.Select(dataCenter => new DataCenterAddress(dataCenter.Id, dataCenter.EndPoint));
        return ValueTask.FromResult(DataCenterTable.Custom(addresses, [server.PublicKeyPem]));
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _server = await SandboxServer.StartAsync(options, loggers: loggers, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OptionsValidationException)
        {
            throw new InvalidConfigurationException($"The sandbox cannot start: {exception.Message}", exception);
        }
    }

    /// <summary>Stops when the services are disposed of: clients, made later, are so before it.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.DisposeAsync();
        }
    }
}
