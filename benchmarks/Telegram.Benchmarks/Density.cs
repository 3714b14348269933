using System.Diagnostics;
using Benchmarks;
using Telegram.Client;
using Testing.Processes;

namespace Telegram.Benchmarks;

/// <summary>What a signed in, connected, idle client costs in resident memory, and how long it takes to connect them all.</summary>
internal static class Density
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static async Task<object> RunAsync(int count, int parallel, CancellationToken cancellationToken)
    {
        // More sessions than people there can be: an account may have several.
        var people = Math.Min(count, 5_000);
        Report.Progress($"density: starting a sandbox with {people} operators");
        await using var sandbox = await SandboxProcess.StartAsync(cancellationToken, $"Operators={people}");
        var phones = (await sandbox.PeopleAsync(cancellationToken)).Where(person => person.Operator).Select(person => person.Phone).ToList();
        var options = await Fleet.OptionsAsync(sandbox, cancellationToken);

        Report.Progress($"density: signing {count} clients in");
        var signingIn = Stopwatch.StartNew();
        var sessions = new byte[count][];
        await Fleet.ForEachAsync(
            count,
            parallel,
            "signed in",
            async index => sessions[index] = await Fleet.SignInAsync(options, phones[index % phones.Count], cancellationToken),
            cancellationToken);
        signingIn.Stop();

        var before = await RestAsync(cancellationToken);
        var clients = new TelegramClient[count];
        var connecting = Stopwatch.StartNew();
        await Fleet.ForEachAsync(
            count,
            parallel,
            "connected",
            async index => clients[index] = await Fleet.ListenAsync(options, sessions[index], cancellationToken),
            cancellationToken);
        connecting.Stop();

        var after = await RestAsync(cancellationToken);
        var connected = clients.Count(client => client.State == TelegramClientState.Connected);
        var figures = new
        {
            clients = count,
            connected,
            signInSeconds = Math.Round(signingIn.Elapsed.TotalSeconds, 1),
            connectSeconds = Math.Round(connecting.Elapsed.TotalSeconds, 1),
            residentBytesBefore = before.Resident,
            residentBytesAfter = after.Resident,
            residentBytesPerClient = (after.Resident - before.Resident) / count,
            managedBytesPerClient = (after.Managed - before.Managed) / count,
            kernelSocketBytesPerClient = ProcessMemory.KernelSocketBytes() / count,
            threads = Process.GetCurrentProcess().Threads.Count,
        };
        await Fleet.ForEachAsync(count, parallel, "closed", index => clients[index].DisposeAsync(), cancellationToken);
        return figures;
    }

    /// <summary>What is resident when nothing has happened for a while and the garbage is gone.</summary>
    private static async Task<ProcessMemory> RestAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        return ProcessMemory.Now();
    }
}
