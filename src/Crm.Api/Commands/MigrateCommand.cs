using System.CommandLine;
using Crm.Api.Configuration;
using Crm.Api.Hosting;
using Crm.Infrastructure.Persistence;

namespace Crm.Api.Commands;

/// <summary>Brings the configured database's schema forward and ends. Settings are given as to the server.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the configured database's schema forward, and ends.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, cancellationToken) => RunAsync([.. parsed.UnmatchedTokens], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        IConfiguration? configuration = null;
        try
        {
            var builder = ApiHost.CreateBuilder(args);
            configuration = builder.Configuration;
            var settings = ApiSettings.Read(builder.Configuration, builder.Environment);
            settings.CreateDirectories();
            var version = await SchemaMigration.RunAsync(settings.Persistence, TimeProvider.System, cancellationToken);
            await Console.Error.WriteLineAsync($"The database has schema {version}.");
            return ExitCodes.Done;
        }
        catch (Exception exception) when (StartupFailure.Explain(exception, configuration) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return ExitCodes.Failed;
        }
    }
}
