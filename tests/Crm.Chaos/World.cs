using System.Diagnostics;
using Testing.Processes;

namespace Crm.Chaos;

/// <summary>A sandbox, the API on it, and the accounts that listen.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Dictionary<(string Phone, long UserId), int> _watched = [];

    private World(SandboxProcess sandbox, ApiProcess api) => (Sandbox, Api) = (sandbox, api);

    public SandboxProcess Sandbox { get; }

    public ApiProcess Api { get; }

    public IReadOnlyList<ApiClient> Clients { get; private set; } = [];

    /// <summary>People who write to operators.</summary>
    public IReadOnlyList<long> Customers { get; private set; } = [];

    public static async Task<World> StartAsync(int accounts, CancellationToken cancellationToken, params string[] settings)
    {
        Report.Progress($"starting a sandbox and the API, {accounts} accounts");
        var sandbox = await SandboxProcess.StartAsync(cancellationToken, [$"Operators={accounts}", .. settings]);
        var world = new World(sandbox, new ApiProcess(sandbox.ControlUrl));
        await world.Api.StartAsync(cancellationToken);
        var people = await sandbox.PeopleAsync(cancellationToken);
        world.Customers = [.. people.Where(person => !person.Operator).Select(person => person.Id)];
        world.Clients = [.. people.Where(person => person.Operator).Take(accounts).Select(person => new ApiClient(world.Api, person.Phone))];
        await Parallel.ForEachAsync(world.Clients, cancellationToken, async (client, token) => await client.BeginAsync(token));
        return world;
    }

    /// <summary>From here on this dialog of this account is to be complete.</summary>
    public async Task WatchAsync(ApiClient client, long userId, CancellationToken cancellationToken)
    {
        var held = await Sandbox.MessagesAsync(client.Phone, userId, cancellationToken);
        _watched[(client.Phone, userId)] = held.Select(message => message.MessageId).DefaultIfEmpty(0).Max();
    }

    /// <summary>Fair weather; then waits until the store has caught up and what was promised is sent, or nothing more comes.</summary>
    public async Task<(int Expected, Differences Found)> SettleAsync(Writers? writers, CancellationToken cancellationToken)
    {
        Report.Progress("fair weather: comparing the store with what Telegram holds");
        await Sandbox.ClearFaultsAsync(cancellationToken);
        var since = Stopwatch.StartNew();
        var best = int.MaxValue;
        while (true)
        {
            var (expected, found) = await CompareAsync(cancellationToken);
            found += writers is null ? Differences.None : await writers.CompareAsync(cancellationToken);
            if (found.IsNone || since.Elapsed > Patience)
            {
                return (expected, found);
            }

            if (found.Lost < best)
            {
                best = found.Lost;
                since.Restart();
                Report.Progress($"  {expected} expected, {found.Lost} still to come");
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients)
        {
            client.Dispose();
        }

        await Api.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private async Task<(int Expected, Differences Found)> CompareAsync(CancellationToken cancellationToken)
    {
        var (expected, found) = (0, Differences.None);
        foreach (var ((phone, userId), after) in _watched)
        {
            var client = Clients.First(client => client.Phone == phone);
            var rows = await client.MessagesAsync(userId, cancellationToken);
            var truth = await Sandbox.MessagesAsync(phone, userId, cancellationToken);
            IReadOnlyList<SandboxMessage> due = [.. truth.Where(message => message.MessageId > after)];
            expected += due.Count;
            found += Differences.Between(due, [.. rows.Where(row => row.MessageId > after)]);
        }

        return (expected, found);
    }
}
