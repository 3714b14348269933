using Microsoft.Extensions.Options;

namespace Telegram.Sandbox;

/// <summary>The sandbox on its own, for any MTProto client to be pointed at.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var host = Host.CreateApplicationBuilder(args);
        host.Logging.SetMinimumLevel(LogLevel.Warning);
        host.Logging.AddFilter("Telegram.Sandbox", LogLevel.Information);
        using var app = host.Build();
        try
        {
            var options = SandboxOptions.FromConfiguration(app.Services.GetRequiredService<IConfiguration>());
            await using var server = await SandboxServer.StartAsync(
                options, loggers: app.Services.GetRequiredService<ILoggerFactory>());
            Console.WriteLine(Greeting.Of(server, options));
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, e.Failures));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }

        return 1;
    }
}
