using Telegram.Client;
using Testing.Processes;

namespace Benchmarks;

/// <summary>Many clients at once.</summary>
internal static class Fleet
{
    /// <summary>Options of a client of this sandbox.</summary>
    public static async Task<TelegramClientOptions> OptionsAsync(SandboxProcess sandbox, CancellationToken cancellationToken)
    {
        var dataCenters = await sandbox.DataCentersAsync(cancellationToken);
        return new TelegramClientOptions
        {
            ApiId = 1,
            ApiHash = new string('0', 32),
            DataCenters = DataCenterTable.Custom(
                dataCenters.Select(one => new DataCenterAddress(one.Id, one.EndPoint)), [await sandbox.PublicKeyAsync(cancellationToken)]),
        };
    }

    /// <summary>Signs in once and gives the session's bytes. The sandbox's code is the data centre's digit five times.</summary>
    public static async Task<byte[]> SignInAsync(TelegramClientOptions options, string phone, CancellationToken cancellationToken)
    {
        await using var client = new TelegramClient(options);
        var sent = await client.SendCodeAsync(phone, cancellationToken);
        var result = await client.SignInAsync(phone, sent.PhoneCodeHash, new string(phone[5], 5), cancellationToken);
        if (result is SignInResult.PasswordRequired)
        {
            await client.CheckPasswordAsync("sandbox", cancellationToken);
        }

        return client.Session.ToBytes();
    }

    /// <summary>A client of a session that is connected, caught up, and reads updates.</summary>
    public static async Task<TelegramClient> ListenAsync(TelegramClientOptions options, byte[] session, CancellationToken cancellationToken)
    {
        var client = new TelegramClient(options, TelegramSession.Parse(session));
        await client.ConnectAsync(cancellationToken);
        var updates = client.StartUpdates(null);
        await updates.ReadAsync(cancellationToken);
        return client;
    }

    /// <summary>Does something for each index, so many at once, and says how far it is.</summary>
    public static Task ForEachAsync(int count, int parallel, string done, Func<int, ValueTask> action, CancellationToken cancellationToken)
    {
        var finished = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        return Parallel.ForAsync(0, count, options, async (index, _) =>
        {
            await action(index);
            var now = Interlocked.Increment(ref finished);
            if (now % Math.Max(1, count / 10) == 0)
            {
                Report.Progress($"  {now} of {count} {done}");
            }
        });
    }
}
