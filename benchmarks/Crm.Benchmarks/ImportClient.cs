using System.Diagnostics;
using Benchmarks;
using Telegram.Client;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>The same histories read by the client alone: no API, no database.</summary>
internal static class ImportClient
{
    private const int Page = 100;

    /// <summary>As many as the API imports of one account at once.</summary>
    private const int AtOnce = 4;

    /// <summary>Messages a second.</summary>
    public static async Task<double> RateAsync(SandboxProcess sandbox, string phone, List<long> dialogs, CancellationToken cancellationToken)
    {
        Report.Progress("reading them with the client alone");
        var options = await Fleet.OptionsAsync(sandbox, cancellationToken);
        var session = await Fleet.SignInAsync(options, phone, cancellationToken);
        await using var client = new TelegramClient(options, TelegramSession.Parse(session));
        var peers = await PeersAsync(client, dialogs, cancellationToken);
        var read = 0L;
        var began = Stopwatch.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(peers, parallel, async (peer, token) => Interlocked.Add(ref read, await ReadAsync(client, peer, token)));
        return read / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<List<InputPeerUser>> PeersAsync(TelegramClient client, List<long> dialogs, CancellationToken cancellationToken)
    {
        var wanted = dialogs.ToHashSet();
        var peers = new Dictionary<long, InputPeerUser>();
        var (date, id, from) = (0, 0, (IInputPeer)new InputPeerEmpty());
        while (peers.Count < wanted.Count)
        {
            var request = new MessagesGetDialogs { OffsetDate = date, OffsetId = id, OffsetPeer = from, Limit = Page, Hash = 0 };
            var (users, messages) = await client.InvokeAsync(request, cancellationToken) switch
            {
                MessagesDialogsSlice part => (part.Users, part.Messages),
                MessagesDialogs all => (all.Users, all.Messages),
                _ => ([], []),
            };
            foreach (var user in users.OfType<User>().Where(user => wanted.Contains(user.Id)))
            {
                peers[user.Id] = new InputPeerUser { UserId = user.Id, AccessHash = user.AccessHash ?? 0 };
            }

            var last = messages.OfType<Message>().Where(message => message.PeerId is PeerUser user && peers.ContainsKey(user.UserId)).MinBy(message => message.Date)
                ?? throw new InvalidOperationException("Not all dialogs were told.");
            (date, id, from) = (last.Date, last.Id, peers[((PeerUser)last.PeerId).UserId]);
        }

        return [.. peers.Values];
    }

    private static async Task<long> ReadAsync(TelegramClient client, InputPeerUser peer, CancellationToken cancellationToken)
    {
        for (var (read, below) = (0L, 0); ;)
        {
            var request = new MessagesGetHistory
            {
                Peer = peer,
                OffsetId = below,
                OffsetDate = 0,
                AddOffset = 0,
                Limit = Page,
                MaxId = 0,
                MinId = 0,
                Hash = 0,
            };
            var messages = await client.InvokeAsync(request, cancellationToken) switch
            {
                MessagesMessagesSlice part => part.Messages,
                MessagesMessages all => all.Messages,
                _ => [],
            };
            if (messages.Length == 0)
            {
                return read;
            }

            (read, below) = (read + messages.Length, messages[^1] is Message last ? last.Id : ((MessageService)messages[^1]).Id);
        }
    }
}
