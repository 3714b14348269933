using System.CommandLine;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Transfer;

namespace Crm.Api.Commands;

/// <summary>Moves everything the database holds: to another one, to a file, and back.</summary>
internal static class StorageCommand
{
    public static Command Create() => new("storage", "Moves everything the database holds.") { Copy(), Export(), Import() };

    private static Command Copy()
    {
        var (from, to) = (Location("--from", "Where everything is."), Location("--to", "An empty database, or one that an unfinished copy was made to."));
        var command = new Command("copy", "Copies a database into another one; run again, it goes on where it was broken off.") { from, to };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            "copied", (transfer, token) => transfer.CopyAsync(Find(parsed, from), Find(parsed, to), token), cancellationToken));
        return command;
    }

    private static Command Export()
    {
        var from = Location("--from", "Where everything is.");
        var file = new Option<string?>("--file") { Description = "A new file, readable by its owner alone; without it, stdout." };
        var command = new Command("export", "Writes a database as JSON lines. Secrets stay encrypted as they are.") { from, file };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            "exported", (transfer, token) => ExportAsync(transfer, Find(parsed, from), parsed.GetValue(file), token), cancellationToken));
        return command;
    }

    private static Command Import()
    {
        var file = new Option<string>("--file") { Description = "What export wrote.", Required = true };
        var to = Location("--to", "An empty database, or one that an unfinished import of this file was made to.");
        var command = new Command("import", "Brings an exported file into a database; run again, it goes on where it was broken off.") { file, to };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            "imported", (transfer, token) => transfer.ImportAsync(parsed.GetRequiredValue(file), Find(parsed, to), token), cancellationToken));
        return command;
    }

    private static async Task<TransferReport> ExportAsync(
        StorageTransfer transfer, StorageLocation from, string? file, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            return await transfer.ExportAsync(from, file, cancellationToken);
        }

        await using var output = Console.OpenStandardOutput();
        return await transfer.ExportAsync(from, output, cancellationToken);
    }

    private static async Task<int> RunAsync(
        string done, Func<StorageTransfer, CancellationToken, Task<TransferReport>> work, CancellationToken cancellationToken)
    {
        // Signals are listened to only when the caller has the task, and SQLite keeps the thread.
        await Task.Yield();
        var progress = new TransferConsole(Console.Error, TimeProvider.System);
        try
        {
            var report = await work(new StorageTransfer(TimeProvider.System, progress), cancellationToken);
            progress.Finish(done, report);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. What was moved so far is kept; the same command goes on with it.");
            return ExitCodes.Failed;
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Usage;
        }
        catch (TransferException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
        catch (StorageUnavailableException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    private static Option<string> Location(string name, string what) => new(name)
    {
        Description = $"{what} sqlite:PATH or sqlserver:CONNECTIONSTRING.",
        Required = true,
    };

    private static StorageLocation Find(ParseResult parsed, Option<string> option) =>
        StorageLocation.TryParse(parsed.GetRequiredValue(option), out var location, out var problem)
            ? location
            : throw new UsageException($"{option.Name} {problem}.");

    private sealed class UsageException(string message) : Exception(message);
}
