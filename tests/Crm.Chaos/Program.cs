using System.CommandLine;
using Crm.Chaos;

var seed = new Option<int>("--seed") { Description = "What happens, and when, follows from it.", DefaultValueFactory = _ => 7 };
var accounts = new Option<int>("--accounts") { Description = "How many accounts listen.", DefaultValueFactory = _ => 20 };
var messages = new Option<int>("--messages") { Description = "How many messages.", DefaultValueFactory = _ => 50_000 };
var kills = new Option<int>("--kills") { Description = "How often the API's process is killed (-9).", DefaultValueFactory = _ => 100 };
var minutes = new Option<double>("--minutes") { Description = "How long everything goes on at once.", DefaultValueFactory = _ => 5 };

var root = new RootCommand(
    "Runs the API and the sandbox as processes, lets everything go wrong that can, and compares the store with what Telegram holds. "
    + "Progress goes to stderr, one line of JSON to stdout; exit code 1 when anything was lost, doubled or out of order.");
Add(root, [minutes, seed], (parsed, cancellationToken) =>
    Mix.RunAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed), cancellationToken));
Add(Sub("ingest", "Customers write while the network fails and the process is killed."), [accounts, messages, kills, seed], (parsed, cancellationToken) =>
    Ingestion.RunAsync(parsed.GetValue(accounts), parsed.GetValue(messages), parsed.GetValue(kills), parsed.GetValue(seed), cancellationToken));
Add(Sub("send", "We answer, with lost answers, drops and kills; each send is repeated with its key."), [messages, kills, seed], (parsed, cancellationToken) =>
    Sending.RunAsync(parsed.GetValue(messages), parsed.GetValue(kills), parsed.GetValue(seed), cancellationToken));
Add(Sub("import", "A dialog is imported while the process is killed; pages fetched twice are counted."), [messages, kills, seed], (parsed, cancellationToken) =>
    Import.RunAsync(parsed.GetValue(messages), parsed.GetValue(kills), parsed.GetValue(seed), cancellationToken));
Add(Sub("each", "Each fault alone, and the database held by another process."), [seed], (parsed, cancellationToken) =>
    Each.RunAsync(parsed.GetValue(seed), cancellationToken));
return await root.Parse(args).InvokeAsync();

Command Sub(string name, string description)
{
    var command = new Command(name, description);
    root.Subcommands.Add(command);
    return command;
}

static void Add(Command command, Option[] options, Func<ParseResult, CancellationToken, Task<Outcome>> run)
{
    foreach (var option in options)
    {
        command.Options.Add(option);
    }

    command.SetAction(async (parsed, cancellationToken) => Report.Write(command.Name, await run(parsed, cancellationToken)));
}
