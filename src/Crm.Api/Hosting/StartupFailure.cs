using System.Net.Sockets;
using Crm.Api.Configuration;
using Crm.Application.Ports.Storage;
using Microsoft.AspNetCore.Connections;

namespace Crm.Api.Hosting;

/// <summary>Tells whoever starts the process what to change, instead of a stack trace.</summary>
internal static class StartupFailure
{
    /// <summary>What to say about this failure; null when it is not one of configuration.</summary>
    public static string? Explain(Exception exception, IConfiguration? configuration) => exception switch
    {
        InvalidConfigurationException invalid => invalid.Message,
        IOException { InnerException: AddressInUseException } or AddressInUseException =>
            $"{ListenAddresses.Key}: another program listens on {Addresses(configuration)} already. " +
            "Stop it, or choose another address: --urls http://127.0.0.1:5081",
        SocketException or IOException { InnerException: SocketException } =>
            $"{ListenAddresses.Key}: cannot listen on {Addresses(configuration)}: {exception.Message}",
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } => $"{ListenAddresses.Key}: {FirstLine(exception.Message)}",
        StorageUnavailableException storage => StorageProblem.Explain(storage, configuration),
        InvalidDataException or FormatException when configuration is null => $"The configuration cannot be read: {exception.Message}",
        _ => null,
    };

    /// <summary>
    /// Keeps the host from logging, with its stack trace, a failure to start: it is either explained above or leaves the
    /// process as the unhandled exception it is. Once started, the host logs as ever.
    /// </summary>
    public static void SilenceHost(WebApplicationBuilder builder)
    {
        var started = new Started();
        builder.Services.AddSingleton<IHostedService>(services =>
        {
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => started.Value = true);
            return started;
        });
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started.Value && level >= LogLevel.Information);
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd();

    private static string Addresses(IConfiguration? configuration) => configuration?[ListenAddresses.Key] ?? ApiSettings.DefaultUrl;

    private sealed class Started : IHostedService
    {
        public bool Value { get; set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
