using System.CommandLine;
using System.Text.Json;
using Crm.Benchmarks;

var messages = new Option<int>("--messages") { Description = "How many messages each round stores and reads.", DefaultValueFactory = _ => 50_000 };
var batch = new Option<int>("--batch") { Description = "How many of them a transaction holds.", DefaultValueFactory = _ => 100 };
var rounds = new Option<int>("--rounds") { Description = "How many rounds; the medians are told.", DefaultValueFactory = _ => 5 };

var storage = new Command("storage", "The SQLite stores beside bare commands on the same schema.") { messages, batch, rounds };
storage.SetAction(async (parsed, cancellationToken) => Console.Out.WriteLine(JsonSerializer.Serialize(await Storage.RunAsync(
    parsed.GetValue(messages), parsed.GetValue(batch), parsed.GetValue(rounds), cancellationToken))));
return await new RootCommand("Measures the CRM. Progress goes to stderr, one line of JSON to stdout.") { storage }.Parse(args).InvokeAsync();
