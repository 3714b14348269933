using Telegram.Sandbox.World;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>Operators writing to each other, to customers and to their group, editing, deleting and reading: the same for one seed.</summary>
internal sealed class RandomTraffic(WorldFixture world, List<WorldClient> clients, int seed)
{
    private readonly List<(WorldClient Client, IInputPeer Peer, int Id)> _sent = [];
    private long _randomId;

    public async Task RunAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var client = clients[Mix.Pick(clients.Count, seed, step)];
            await (Mix.Pick(10, seed, step, 1) switch
            {
                < 6 => SendAsync(client, step),
                6 => EditAsync(step),
                7 => DeleteAsync(step),
                8 => ReadAsync(client, step),
                _ => world.World.SendAsPersonAsync(
                    Phones.OfAccount(client.UserId), Customers.IdOf(1 + Mix.Pick(4, seed, step, 2)), "from outside {n}", 3, 0, CancellationToken.None),
            });
            world.Time.Advance(TimeSpan.FromMilliseconds(Mix.Pick(900, seed, step, 3)));
        }
    }

    private async Task SendAsync(WorldClient client, int step)
    {
        var peer = await PeerAsync(client, step);
        var answer = await client.CallAsync(Requests.Send(peer, $"step {step}", ++_randomId));
        var id = answer is UpdateShortSentMessage sent
            ? sent.Id
            : ((Telegram.Tl.Types.Updates)answer).UpdatesValue.OfType<UpdateMessageID>().Single().Id;
        _sent.Add((client, peer, id));
    }

    private Task EditAsync(int step) => OnSentAsync(step, (client, peer, id) =>
        TryAsync(client, new MessagesEditMessage { Peer = peer, Id = id, Message = $"edited in {step}" }));

    private Task DeleteAsync(int step) => OnSentAsync(step, (client, _, id) =>
        TryAsync(client, new MessagesDeleteMessages { Id = [id, id - 1], Revoke = false })
            .ContinueWith(_ => TryAsync(client, new MessagesDeleteMessages { Id = [id], Revoke = true }), TaskScheduler.Default)
            .Unwrap());

    private async Task ReadAsync(WorldClient client, int step) =>
        await TryAsync(client, new MessagesReadHistory { Peer = await PeerAsync(client, step), MaxId = 0 });

    private async Task OnSentAsync(int step, Func<WorldClient, IInputPeer, int, Task> act)
    {
        if (_sent.Count > 0)
        {
            var (client, peer, id) = _sent[Mix.Pick(_sent.Count, seed, step, 4)];
            await act(client, peer, id);
        }
    }

    // What is edited may be deleted already: a refusal is as good an outcome.
    private static Task<string> TryAsync<TResult>(WorldClient client, ITlFunction<TResult> function) => client.RefusalAsync(function);

    private async Task<IInputPeer> PeerAsync(WorldClient client, int step) => Mix.Pick(5, seed, step, 6) switch
    {
        0 => new InputPeerChat { ChatId = Communities.Group(client.UserId, 0).Id },
        1 => new InputPeerSelf(),
        2 => await CustomerAsync(client, step),
        _ => await client.PeerAsync($"operator{20001 + Mix.Pick(3, seed, step, 7)}"),
    };

    private async Task<IInputPeer> CustomerAsync(WorldClient client, int step)
    {
        var all = (MessagesDialogs)await client.CallAsync(Requests.Dialogs());
        var people = all.Users.OfType<User>().Where(user => user.Id < Population.FirstAccountId).ToList();
        return WorldClient.Peer(people[Mix.Pick(people.Count, seed, step, 8)]);
    }
}
