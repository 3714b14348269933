using System.CommandLine;
using Benchmarks;
using Crm.Benchmarks;

var peer = new Option<bool>("--peer") { Description = "Whether the peer runs too; so it does where its packages are installed.", DefaultValueFactory = _ => Peer.IsInstalled };
var messages = new Option<int>("--messages") { Description = "How many messages each round stores and reads.", DefaultValueFactory = _ => 50_000 };
var batch = new Option<int>("--batch") { Description = "How many of them a transaction holds.", DefaultValueFactory = _ => 100 };
var rounds = new Option<int>("--rounds") { Description = "How many rounds; the medians are told.", DefaultValueFactory = _ => 5 };
var dialogs = new Option<int>("--dialogs") { Description = "How many dialogs are imported at once.", DefaultValueFactory = _ => 1 };
var ofDialog = new Option<int>("--messages") { Description = "How many messages each of them has.", DefaultValueFactory = _ => 200_000 };
var accounts = new Option<int>("--accounts") { Description = "How many accounts listen.", DefaultValueFactory = _ => 20 };
var pushed = new Option<int>("--messages") { Description = "How many messages are written to all of them.", DefaultValueFactory = _ => 100_000 };
var sqlServer = new Option<string?>("--sqlserver") { Description = "The connection string of an empty database to store in, instead of SQLite." };
var stored = new Option<int>("--messages") { Description = "How many messages the account has.", DefaultValueFactory = _ => 1_000_000 };

var root = new RootCommand("Measures the CRM. Progress goes to stderr, one line of JSON to stdout.");
Add("storage", "The SQLite stores beside bare commands on the same schema.", [messages, batch, rounds], (parsed, cancellationToken) =>
    Storage.RunAsync(parsed.GetValue(messages), parsed.GetValue(batch), parsed.GetValue(rounds), cancellationToken));
Add("import", "Whole histories out of the sandbox into SQLite, beside the client alone, a bare writer and the peer.", [dialogs, ofDialog, peer], (parsed, cancellationToken) =>
    Import.RunAsync(parsed.GetValue(dialogs), parsed.GetValue(ofDialog), parsed.GetValue(peer), cancellationToken));
Add("ingest", "New messages, pushed as fast as they are taken, into the database; beside the peer.", [accounts, pushed, peer, sqlServer], (parsed, cancellationToken) =>
    Ingestion.RunAsync(
        parsed.GetValue(accounts), parsed.GetValue(pushed), parsed.GetValue(peer), parsed.GetValue(sqlServer), cancellationToken));
Add("read", "get_messages over HTTP, beside a bare SELECT to a socket, and pages of one dialog.", [stored], (parsed, cancellationToken) =>
    Reading.RunAsync(parsed.GetValue(stored), cancellationToken));
return await root.Parse(args).InvokeAsync();

void Add(string name, string description, Option[] options, Func<ParseResult, CancellationToken, Task<object>> run)
{
    var command = new Command(name, description);
    foreach (var option in options)
    {
        command.Options.Add(option);
    }

    command.SetAction(async (parsed, cancellationToken) => Report.Write(name, args, await run(parsed, cancellationToken)));
    root.Subcommands.Add(command);
}
