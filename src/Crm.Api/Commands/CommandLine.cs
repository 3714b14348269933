using System.CommandLine;

namespace Crm.Api.Commands;

/// <summary>What the program does besides serving: each command is its first argument. Anything else starts the server.</summary>
internal static class CommandLine
{
    /// <summary>A batch that is being written is waited for.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private static readonly string[] Names = ["migrate", "storage", "healthcheck", "keys"];

    public static bool IsCommand(string[] args) => args.Length > 0 && Names.Contains(args[0], StringComparer.Ordinal);

    /// <summary>Runs a command; answers 0 when it was done, 1 when it failed, 2 when it was asked for wrongly.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // The parser's own words repeat what it was given, which may be half of a connection string.
            await Console.Error.WriteLineAsync(UsageOf(parsed));
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopTimeout });
    }

    private static RootCommand Build() => new("The API of the Telegram CRM. Without a command it serves.")
    {
        MigrateCommand.Create(),
        StorageCommand.Create(),
        HealthcheckCommand.Create(),
        KeysCommand.Create(),
    };

    private static string UsageOf(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var options = command.Options.Where(option => !option.Hidden && option is not System.CommandLine.Help.HelpOption)
            .Select(option => option.Required ? $"{option.Name} …" : $"[{option.Name} …]");
        var name = parsed.CommandResult.Parent is { } parent and System.CommandLine.Parsing.CommandResult { Command: not RootCommand } above
            ? $"{above.Command.Name} {command.Name}"
            : command.Name;
        var what = command.Subcommands.Count > 0
            ? string.Join('|', command.Subcommands.Select(sub => sub.Name))
            : string.Join(' ', options);
        return $"{name}: an argument is missing or not understood; values with spaces need quotes. Usage: {name} {what}";
    }
}

/// <summary>What a command says to whoever ran it.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
}
