using System.CommandLine;
using Benchmarks;
using Telegram.Benchmarks;

var seconds = new Option<double>("--seconds") { Description = "How long each figure is measured.", DefaultValueFactory = _ => 2 };
var clients = new Option<int>("--clients") { Description = "How many clients are signed in.", DefaultValueFactory = _ => 1_000 };
var parallel = new Option<int>("--parallel") { Description = "How many connect at once.", DefaultValueFactory = _ => 32 };

var root = new RootCommand("Measures the protocol library. Progress goes to stderr, one line of JSON to stdout.");
Add("ige", "AES-256-IGE beside AES-256-CBC, each with the machine's instructions.", [seconds], parsed => Ige.Run(parsed.GetValue(seconds)));
Add("tl", "Decoding and encoding of messages, and what each allocates.", [seconds], parsed => Tl.Run(parsed.GetValue(seconds)));
Add("session", "A client's whole receive path in memory: transport, decryption, session.", [seconds], parsed => Sessions.Run(parsed.GetValue(seconds)));
AddAsync("density", "Idle clients in this process, the sandbox in another.", [clients, parallel], (parsed, cancellationToken) =>
    Density.RunAsync(parsed.GetValue(clients), parsed.GetValue(parallel), cancellationToken));
return await root.Parse(args).InvokeAsync();

void Add(string name, string description, Option[] options, Func<ParseResult, object> run) =>
    AddAsync(name, description, options, (parsed, _) => Task.FromResult(run(parsed)));

void AddAsync(string name, string description, Option[] options, Func<ParseResult, CancellationToken, Task<object>> run)
{
    var command = new Command(name, description);
    foreach (var option in options)
    {
        command.Options.Add(option);
    }

    command.SetAction(async (parsed, cancellationToken) => Report.Write(name, args, await run(parsed, cancellationToken)));
    root.Subcommands.Add(command);
}
