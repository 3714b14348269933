using System.CommandLine;
using Benchmarks;
using Crm.Benchmarks;
using Crm.Benchmarks.Documents;

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
var sizes = new Option<string>("--rows") { Description = "How many messages are stored, one after the other.", DefaultValueFactory = _ => "100000,1000000,10000000" };
var few = new Option<int>("--few") { Description = "How many messages are stored at first.", DefaultValueFactory = _ => 10_000 };
var many = new Option<int>("--many") { Description = "How many are stored in the other database.", DefaultValueFactory = _ => 10_000_000 };
var added = new Option<int>("--messages") { Description = "How many each round adds, --few at most.", DefaultValueFactory = _ => 10_000 };
var keep = new Option<string?>("--keep") { Description = "A directory whose signed in accounts are made at first and used again later." };
var crowd = new Option<int>("--accounts") { Description = "How many accounts are signed in to Telegram.", DefaultValueFactory = _ => 1_000 };
var busySeconds = new Option<int>("--seconds") { Description = "How long messages come.", DefaultValueFactory = _ => 60 };
var eachSends = new Option<int>("--each") { Description = "How many messages each account sends one after the other, all accounts at once.", DefaultValueFactory = _ => 10 };
var pace = new Option<int>("--per-second") { Description = "How many sends begin each second when their times are measured.", DefaultValueFactory = _ => 50 };
var readers = new Option<int>("--readers") { Description = "How many streams are open.", DefaultValueFactory = _ => 1_000 };
var reading = new Option<int>("--seconds") { Description = "How long messages come.", DefaultValueFactory = _ => 20 };

var root = new RootCommand("Measures the CRM. Progress goes to stderr, one line of JSON to stdout.");
Add("storage", "The SQLite stores beside bare commands on the same schema.", [messages, batch, rounds], (parsed, cancellationToken) =>
    Storage.RunAsync(parsed.GetValue(messages), parsed.GetValue(batch), parsed.GetValue(rounds), cancellationToken));
Add("import", "Whole histories out of the sandbox into SQLite, beside the client alone, a bare writer and the peer.", [dialogs, ofDialog, peer], (parsed, cancellationToken) =>
    Import.RunAsync(parsed.GetValue(dialogs), parsed.GetValue(ofDialog), parsed.GetValue(peer), cancellationToken));
Add("ingest", "New messages, pushed as fast as they are taken, into the database; beside the peer.", [accounts, pushed, peer, sqlServer], (parsed, cancellationToken) =>
    Ingestion.RunAsync(
        parsed.GetValue(accounts), parsed.GetValue(pushed), parsed.GetValue(peer), parsed.GetValue(sqlServer), cancellationToken));
Add("read", "get_messages over HTTP, beside a bare SELECT to a socket, and pages of one dialog.", [stored, rounds], (parsed, cancellationToken) =>
    Reading.RunAsync(parsed.GetValue(stored), parsed.GetValue(rounds), cancellationToken));
Add("pages", "Pages of a dialog in an account that grows.", [sizes], (parsed, cancellationToken) =>
    Pages.RunAsync([.. parsed.GetValue(sizes)!.Split(',').Select(int.Parse)], cancellationToken));
Add("flat", "What a message costs the store where few are stored, and where many are.", [few, many, added, rounds], (parsed, cancellationToken) =>
    Flatness.RunAsync(parsed.GetValue(few), parsed.GetValue(many), parsed.GetValue(added), parsed.GetValue(rounds), cancellationToken));
Add("density", "The API with many listening accounts: memory, and the time until all have caught up.", [crowd, busySeconds, keep], (parsed, cancellationToken) =>
    Density.RunAsync(parsed.GetValue(crowd), parsed.GetValue(busySeconds), parsed.GetValue(keep), cancellationToken));
Add("send", "Many accounts send, at an even pace and all at once; beside the client alone.", [crowd, eachSends, pace, keep], (parsed, cancellationToken) =>
    Sending.RunAsync(
        parsed.GetValue(crowd), parsed.GetValue(eachSends), parsed.GetValue(pace), parsed.GetValue(keep), cancellationToken));
Add("events", "Many readers of events, of one account and of several.", [readers, accounts, reading], (parsed, cancellationToken) =>
    EventReaders.RunAsync(parsed.GetValue(readers), parsed.GetValue(accounts), parsed.GetValue(reading), cancellationToken));

var results = new Option<string>("--results") { Description = "A file with lines that runs wrote to stdout.", Required = true };
var docs = new Option<string>("--docs") { Description = "Where benchmarks.md lies.", DefaultValueFactory = _ => "docs" };
var report = new Command("report", "Writes the tables and plots of docs/benchmarks.md from what runs wrote.") { results, docs };
report.SetAction(parsed => Report.Progress($"told: {string.Join(", ", Document.Write(parsed.GetValue(results)!, parsed.GetValue(docs)!))}"));
root.Subcommands.Add(report);
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
