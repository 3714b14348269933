using System.Diagnostics;
using System.Globalization;
using Benchmarks;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>A place with accounts that are signed in to Telegram and listen, whenever the API and the sandbox run there.</summary>
internal static class World
{
    /// <summary>A phone may belong to two accounts: of these there are not more.</summary>
    private const int MaxPhones = 9_999;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts the sandbox of a place. Nobody answers: what is measured is what one sends.</summary>
    public static Task<SandboxProcess> StartSandboxAsync(Workplace place, int accounts, CancellationToken cancellationToken) =>
        SandboxProcess.StartInAsync(
            place.Sandbox, cancellationToken, $"Operators={Math.Min(accounts, MaxPhones)}", "DialogsPerOperator=3", "MessagesPerDialog=1",
            "ReplyDelay=1.00:00:00", "ReplyDelayMax=1.00:00:00");

    /// <summary>Signs the accounts in, or finds that an earlier run has; answers how long that took.</summary>
    public static async Task<TimeSpan> PrepareAsync(Workplace place, int accounts, CancellationToken cancellationToken)
    {
        var mark = Path.Combine(place.Directory.FullName, "accounts");
        if (File.Exists(mark))
        {
            var there = int.Parse(await File.ReadAllTextAsync(mark, cancellationToken), CultureInfo.InvariantCulture);
            return there == accounts
                ? TimeSpan.Zero
                : throw new InvalidOperationException($"What is kept was made for {there} accounts.");
        }

        Report.Progress($"signing {accounts} accounts in");
        var began = Stopwatch.GetTimestamp();
        await using var sandbox = await StartSandboxAsync(place, accounts, cancellationToken);
        await using var api = await ApiServer.StartAsync(place.Api, sandbox.ControlUrl, cancellationToken);
        await Crowd.ListenAsync(api, await PhonesAsync(sandbox, accounts, cancellationToken), cancellationToken);
        await WaitUntilAllListenAsync(api, accounts, cancellationToken);
        await File.WriteAllTextAsync(mark, accounts.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>The phone of each account.</summary>
    public static async Task<IReadOnlyList<string>> PhonesAsync(SandboxProcess sandbox, int accounts, CancellationToken cancellationToken)
    {
        var people = await sandbox.PeopleAsync(cancellationToken);
        var phones = people.Where(person => person.Operator).Select(person => person.Phone).Take(Math.Min(accounts, MaxPhones)).ToList();
        return [.. Enumerable.Range(0, accounts).Select(index => phones[index % phones.Count])];
    }

    public static async Task WaitUntilAllListenAsync(ApiServer api, int accounts, CancellationToken cancellationToken)
    {
        while (await api.LiveConnectionsAsync(cancellationToken) < accounts)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits until the process does hardly anything, or for as long as one would wait.</summary>
    public static async Task RestAsync(ApiServer api, CancellationToken cancellationToken)
    {
        const double quiet = 0.03;
        const int patience = 24;
        var turn = TimeSpan.FromSeconds(5);
        for (var i = 0; i < patience; i++)
        {
            var before = api.Resources.Processor;
            await Task.Delay(turn, TimeProvider.System, cancellationToken);
            if ((api.Resources.Processor - before) / turn < quiet)
            {
                return;
            }
        }

        Report.Progress("it doesn't come to rest; it is measured as it is");
    }
}
