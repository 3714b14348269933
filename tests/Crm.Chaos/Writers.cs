using System.Collections.Concurrent;
using System.Globalization;

namespace Crm.Chaos;

/// <summary>One writer for each dialog of each account: what it sends goes out one after the other.</summary>
internal sealed class Writers
{
    private const string Prefix = "answer ";

    private readonly World _world;
    private readonly (ApiClient Client, long UserId)[] _dialogs;
    private readonly ConcurrentDictionary<int, (string Phone, long UserId)> _sent = new();
    private int _next;

    private Writers(World world, (ApiClient Client, long UserId)[] dialogs) => (_world, _dialogs) = (world, dialogs);

    public static async Task<Writers> WatchAsync(World world, int customersOfEach, CancellationToken cancellationToken)
    {
        var dialogs = new List<(ApiClient, long)>();
        foreach (var client in world.Clients)
        {
            foreach (var userId in world.Customers.Take(customersOfEach))
            {
                await world.WatchAsync(client, userId, cancellationToken);
                dialogs.Add((client, userId));
            }
        }

        return new Writers(world, [.. dialogs]);
    }

    /// <summary>Sends over all dialogs as long as there is more to send; each number waits until it is due.</summary>
    public Task SendAsync(Func<int, bool> isMore, Func<int, bool> isDue, CancellationToken cancellationToken) =>
        Task.WhenAll(_dialogs.Select(dialog => SendAsync(dialog.Client, dialog.UserId, isMore, isDue, cancellationToken)));

    /// <summary>How what Telegram holds differs from what was sent: each exactly once, in the order of its dialog.</summary>
    public async Task<Differences> CompareAsync(CancellationToken cancellationToken)
    {
        var found = Differences.None;
        foreach (var (client, userId) in _dialogs)
        {
            var held = await _world.Sandbox.MessagesAsync(client.Phone, userId, cancellationToken);
            var numbers = held.Where(message => message.Out && message.Text.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(message => Sending.NumberOf(message.Text)).ToList();
            var due = _sent.Where(sent => sent.Value == (client.Phone, userId)).Select(sent => sent.Key).ToHashSet();
            found += new Differences(
                Lost: due.Except(numbers).Count(),
                Doubled: numbers.Count - numbers.Distinct().Count(),
                Invented: numbers.Except(due).Count(),
                Disordered: numbers.Zip(numbers.Skip(1)).Count(pair => pair.First > pair.Second),
                Altered: 0);
        }

        return found;
    }

    private async Task SendAsync(ApiClient client, long userId, Func<int, bool> isMore, Func<int, bool> isDue, CancellationToken cancellationToken)
    {
        while (TryTake(isMore, out var number))
        {
            while (!isDue(number))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }

            var text = Prefix + number.ToString(CultureInfo.InvariantCulture);
            await client.SendAsync(userId, text, $"chaos-{number}", cancellationToken);
            _sent[number] = (client.Phone, userId);
        }
    }

    private bool TryTake(Func<int, bool> isMore, out int number)
    {
        lock (_sent)
        {
            number = _next + 1;
            return isMore(number) && ++_next == number;
        }
    }
}
