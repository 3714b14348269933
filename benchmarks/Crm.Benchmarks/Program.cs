using System.CommandLine;
using System.Text.Json;
using Crm.Benchmarks;

var messages = new Option<int>("--messages") { Description = "How many messages each round stores and reads.", DefaultValueFactory = _ => 50_000 };
var batch = new Option<int>("--batch") { Description = "How many of them a transaction holds.", DefaultValueFactory = _ => 100 };
var rounds = new Option<int>("--rounds") { Description = "How many rounds; the medians are told.", DefaultValueFactory = _ => 5 };

var storage = new Command("storage", "The SQLite stores beside bare commands on the same schema.") { messages, batch, rounds };
storage.SetAction(async (parsed, cancellationToken) => Console.Out.WriteLine(JsonSerializer.Serialize(await Storage.RunAsync(
    parsed.GetValue(messages), parsed.GetValue(batch), parsed.GetValue(rounds), cancellationToken))));
var dialogs = new Option<int>("--dialogs") { Description = "How many dialogs are imported at once.", DefaultValueFactory = _ => 1 };
var each = new Option<int>("--messages") { Description = "How many messages each of them has.", DefaultValueFactory = _ => 200_000 };
var import = new Command("import", "Whole histories out of the sandbox into SQLite, beside a bare writer.") { dialogs, each };
import.SetAction(async (parsed, cancellationToken) => Console.Out.WriteLine(JsonSerializer.Serialize(
    await Import.RunAsync(parsed.GetValue(dialogs), parsed.GetValue(each), cancellationToken))));

var accounts = new Option<int>("--accounts") { Description = "How many accounts listen.", DefaultValueFactory = _ => 20 };
var pushed = new Option<int>("--messages") { Description = "How many messages are written to all of them.", DefaultValueFactory = _ => 100_000 };
var ingest = new Command("ingest", "New messages, pushed as fast as they are taken, into SQLite.") { accounts, pushed };
ingest.SetAction(async (parsed, cancellationToken) => Console.Out.WriteLine(JsonSerializer.Serialize(
    await Ingestion.RunAsync(parsed.GetValue(accounts), parsed.GetValue(pushed), cancellationToken))));

var stored = new Option<int>("--messages") { Description = "How many messages the account has.", DefaultValueFactory = _ => 1_000_000 };
var read = new Command("read", "get_messages over HTTP, beside a bare SELECT to a socket, and pages of one dialog.") { stored };
read.SetAction(async (parsed, cancellationToken) => Console.Out.WriteLine(JsonSerializer.Serialize(
    await Reading.RunAsync(parsed.GetValue(stored), cancellationToken))));

return await new RootCommand("Measures the CRM. Progress goes to stderr, one line of JSON to stdout.") { storage, import, ingest, read }.Parse(args).InvokeAsync();
