using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>What is pushed, what a difference tells and what the server holds must be one and the same.</summary>
internal sealed class UpdatesTests
{
    private WorldFixture _world = null!;

    [SetUp]
    public void Begin() => _world = new WorldFixture(operators: 3, dialogs: 4, messages: 6);

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Pushes_AppliedOneByOne_EqualTheDifferenceAndTheTruth(int seed)
    {
        var clients = Enumerable.Range(1, 3).Select(_world.SignedIn).ToList();
        var observers = Enumerable.Range(1, 3).Select(_world.SignedIn).ToList();
        var states = await Task.WhenAll(clients.Select(client => client.CallAsync(new UpdatesGetState())));
        _world.World.Start();

        await new RandomTraffic(_world, clients, seed).RunAsync(250);

        for (var index = 0; index < 3; index++)
        {
            var pushed = new BoxModel(states[index].Pts);
            pushed.ApplyPushes(observers[index].TakePushes());
            var asked = new BoxModel(states[index].Pts);
            await asked.CatchUpAsync(clients[index], states[index].Date);

            var now = await clients[index].CallAsync(new UpdatesGetState());
            Assert.That((pushed.Pts, asked.Pts), Is.EqualTo((now.Pts, now.Pts)), "pushes have no gap and the difference ends at the state");
            Assert.That(asked.Messages, Is.EqualTo(pushed.Messages));
            Assert.That(asked.Reads, Is.EqualTo(pushed.Reads));
            Assert.That(pushed.Messages, Is.EqualTo(await TruthAsync(clients[index], pushed.Messages.Keys)));
        }
    }

    [Test]
    public async Task GetDifference_WhenNothingHappened_IsEmpty()
    {
        var client = _world.SignedIn(1);
        var state = await client.CallAsync(new UpdatesGetState());

        var answer = await client.CallAsync(new UpdatesGetDifference { Pts = state.Pts, Date = state.Date, Qts = 0 });

        Assert.That(((UpdatesDifferenceEmpty)answer).Date, Is.EqualTo(state.Date));
    }

    [Test]
    public async Task GetDifference_BeyondOneSlice_GoesOnFromTheIntermediateState()
    {
        var client = _world.SignedIn(1);
        await _world.World.SendAsPersonAsync("9996620001", Customers.IdOf(2), "message {n}", 230, 0, CancellationToken.None);
        var model = new BoxModel(1);

        var slices = await model.CatchUpAsync(client, 1);

        Assert.That(slices, Is.EqualTo(3));
        Assert.That(model.Messages.Values, Is.EqualTo(Enumerable.Range(1, 230).Select(number => $"message {number}")));
    }

    [Test]
    public async Task GetDifference_BeyondWhatTheClientWants_IsTooLong()
    {
        var client = _world.SignedIn(1);
        await _world.World.SendAsPersonAsync("9996620001", Customers.IdOf(2), "x", 11, 0, CancellationToken.None);

        var tooLong = await client.CallAsync(new UpdatesGetDifference { Pts = 1, PtsTotalLimit = 10, Date = 1, Qts = 0 });
        var enough = await client.CallAsync(new UpdatesGetDifference { Pts = 1, PtsTotalLimit = 11, Date = 1, Qts = 0 });

        Assert.That(((UpdatesDifferenceTooLong)tooLong).Pts, Is.EqualTo(12));
        Assert.That(((UpdatesDifference)enough).NewMessages, Has.Length.EqualTo(11));
    }

    [TestCase(0, 1, "400 PERSISTENT_TIMESTAMP_EMPTY")]
    [TestCase(2, 1, "400 PERSISTENT_TIMESTAMP_INVALID")]
    [TestCase(1, 0, "400 DATE_EMPTY")]
    public async Task GetDifference_WithAnImpossibleState_IsRefused(int pts, int date, string error) =>
        Assert.That(
            await _world.SignedIn(1).RefusalAsync(new UpdatesGetDifference { Pts = pts, Date = date, Qts = 0 }),
            Is.EqualTo(error));

    [Test]
    public async Task GetDifference_AfterAChannelMoved_NamesTheChannelToAskAbout()
    {
        var client = _world.SignedIn(1);
        var state = await client.CallAsync(new UpdatesGetState());
        var peer = await SupergroupAsync(client);
        await _world.SignedIn(2).CallAsync(Requests.Send(await SupergroupAsync(_world.SignedIn(2)), "hi", 1));

        var difference = (UpdatesDifference)await client.CallAsync(new UpdatesGetDifference { Pts = state.Pts, Date = state.Date, Qts = 0 });

        var moved = (UpdateChannelTooLong)difference.OtherUpdates.Single();
        Assert.That((moved.ChannelId, moved.Pts), Is.EqualTo((peer.ChannelId, 2)));
        Assert.That(difference.Chats.OfType<Channel>().Single().Id, Is.EqualTo(peer.ChannelId));
    }

    [Test]
    public async Task GetChannelDifference_InSteps_CarriesEverythingInOrder()
    {
        var writer = _world.SignedIn(2);
        var reader = _world.SignedIn(1);
        var to = await SupergroupAsync(writer);
        for (var number = 1; number <= 7; number++)
        {
            await writer.CallAsync(Requests.Send(to, $"m{number}", number));
        }

        await writer.CallAsync(new ChannelsDeleteMessages { Channel = Input(to), Id = [8] });
        var first = (UpdatesChannelDifference)await reader.CallAsync(await DifferenceAsync(reader, pts: 1, limit: 5));
        var second = (UpdatesChannelDifference)await reader.CallAsync(await DifferenceAsync(reader, first.Pts, limit: 5));
        var third = (UpdatesChannelDifferenceEmpty)await reader.CallAsync(await DifferenceAsync(reader, second.Pts, limit: 5));

        Assert.That((first.Final, second.Final, third.Final), Is.EqualTo((false, true, true)));
        Assert.That(
            first.NewMessages.Concat(second.NewMessages).Cast<Message>().Select(message => message.MessageValue),
            Is.EqualTo(new[] { "m1", "m3", "m4", "m5", "m6", "m7" }));
        Assert.That(((UpdateDeleteChannelMessages)second.OtherUpdates.Single()).Messages, Is.EqualTo(new[] { 8 }));
    }

    [Test]
    public async Task GetChannelDifference_FarBehind_IsToldToReadAnew()
    {
        var client = _world.SignedIn(1);
        var peer = await SupergroupAsync(client);
        for (var number = 1; number <= 3001; number++)
        {
            await client.CallAsync(Requests.Send(peer, $"m{number}", number));
        }

        var answer = (UpdatesChannelDifferenceTooLong)await client.CallAsync(await DifferenceAsync(client, pts: 1, limit: 10));

        Assert.That(((Dialog)answer.Dialog).Pts, Is.EqualTo(3002));
        Assert.That(((Message)answer.Messages[0]).MessageValue, Is.EqualTo("m3001"));
    }

    [TestCase(0, 10, "400 PERSISTENT_TIMESTAMP_EMPTY")]
    [TestCase(99, 10, "400 PERSISTENT_TIMESTAMP_INVALID")]
    [TestCase(1, 0, "400 LIMIT_INVALID")]
    public async Task GetChannelDifference_WithAnImpossibleState_IsRefused(int pts, int limit, string error)
    {
        var client = _world.SignedIn(1);

        Assert.That(await client.RefusalAsync(await DifferenceAsync(client, pts, limit)), Is.EqualTo(error));
    }

    [Test]
    public void After_WhenTheLogHasForgotten_SaysSo()
    {
        var log = new UpdateLog(capacity: 10);
        for (var pts = 2; pts <= 26; pts++)
        {
            log.Add(new MessageAdded(pts, 1, pts));
        }

        Assert.That(log.After(log.CompleteFrom - 1, 100), Is.Null);
        Assert.That(log.After(log.CompleteFrom, 100)!.Select(happened => happened.Pts), Is.EqualTo(Enumerable.Range(log.CompleteFrom + 1, 26 - log.CompleteFrom)));
        Assert.That(log.CompleteFrom, Is.GreaterThan(1));
    }

    private static async Task<SortedDictionary<int, string>> TruthAsync(WorldClient client, IEnumerable<int> ids)
    {
        var truth = new SortedDictionary<int, string>();
        foreach (var chunk in ids.Chunk(100))
        {
            var answer = (MessagesMessages)await client.CallAsync(
                new MessagesGetMessages { Id = [.. chunk.Select(id => new InputMessageID { Id = id })] });
            foreach (var message in answer.Messages.OfType<Message>())
            {
                truth[message.Id] = message.MessageValue;
            }
        }

        return truth;
    }

    private static async Task<InputPeerChannel> SupergroupAsync(WorldClient client)
    {
        var all = (MessagesDialogs)await client.CallAsync(Requests.Dialogs());
        return WorldClient.Peer(all.Chats.OfType<Channel>().First(channel => channel.Megagroup));
    }

    private static InputChannel Input(InputPeerChannel peer) => new() { ChannelId = peer.ChannelId, AccessHash = peer.AccessHash };

    private static async Task<UpdatesGetChannelDifference> DifferenceAsync(WorldClient client, int pts, int limit) => new()
    {
        Channel = Input(await SupergroupAsync(client)),
        Filter = new ChannelMessagesFilterEmpty(),
        Pts = pts,
        Limit = limit,
    };
}
