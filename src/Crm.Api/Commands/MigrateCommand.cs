using System.CommandLine;
using Crm.Api.Configuration;
using Crm.Infrastructure.Persistence;

namespace Crm.Api.Commands;

/// <summary>Brings the configured database's schema forward and ends. Settings are given as to the server.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the configured database's schema forward, and ends.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, cancellationToken) => SettingsCommand.RunAsync(
            [.. parsed.UnmatchedTokens], settings => MigrateAsync(settings, cancellationToken)));
        return command;
    }

    private static async Task<string> MigrateAsync(ApiSettings settings, CancellationToken cancellationToken)
    {
        var version = await SchemaMigration.RunAsync(settings.Persistence, TimeProvider.System, cancellationToken);
        return $"The database has schema {version}.";
    }
}
