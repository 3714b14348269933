namespace Crm.Chaos;

/// <summary>Customers who write to the accounts.</summary>
internal sealed class Letters
{
    private const int MaxBurst = 40;

    private readonly World _world;
    private readonly Random _random;
    private readonly (string Phone, long UserId)[] _dialogs;
    private int _bursts;

    private Letters(World world, (string Phone, long UserId)[] dialogs, Random random) => (_world, _dialogs, _random) = (world, dialogs, random);

    /// <summary>Each account and so many customers; their dialogs are watched from now on.</summary>
    public static async Task<Letters> WatchAsync(World world, int customersOfEach, Random random, CancellationToken cancellationToken)
    {
        var dialogs = new List<(string, long)>();
        foreach (var client in world.Clients)
        {
            foreach (var userId in world.Customers.Take(customersOfEach))
            {
                await world.WatchAsync(client, userId, cancellationToken);
                dialogs.Add((client.Phone, userId));
            }
        }

        return new Letters(world, [.. dialogs], random);
    }

    /// <summary>A burst from one customer to one account; answers how many.</summary>
    public async Task<int> WriteAsync(int atMost, CancellationToken cancellationToken)
    {
        var (phone, userId) = _dialogs[_random.Next(_dialogs.Length)];
        var count = Math.Min(atMost, _random.Next(1, MaxBurst));
        await _world.Sandbox.WriteAsync(phone, userId, $"burst {++_bursts}: {{n}} — добрый день 🙂", count, cancellationToken);
        return count;
    }
}
