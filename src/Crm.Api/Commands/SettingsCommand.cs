using Crm.Api.Configuration;
using Crm.Api.Hosting;

namespace Crm.Api.Commands;

/// <summary>What commands have in common that are given the server's settings.</summary>
internal static class SettingsCommand
{
    /// <summary>Does the work under the settings, and says what came of it, or in a line what to change.</summary>
    public static async Task<int> RunAsync(string[] args, Func<ApiSettings, Task<string>> work)
    {
        IConfiguration? configuration = null;
        try
        {
            var builder = ApiHost.CreateBuilder(args);
            configuration = builder.Configuration;
            var settings = ApiSettings.Read(builder.Configuration, builder.Environment);
            settings.CreateDirectories();
            await Console.Error.WriteLineAsync(await work(settings));
            return ExitCodes.Done;
        }
        catch (Exception exception) when (StartupFailure.Explain(exception, configuration) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return ExitCodes.Failed;
        }
    }
}
