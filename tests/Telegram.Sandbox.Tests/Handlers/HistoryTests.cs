using Telegram.Sandbox.Handlers;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

internal sealed class HistoryTests
{
    private const string Phone = "9996620001";
    private WorldFixture _world = null!;
    private WorldClient _client = null!;

    [SetUp]
    public void Begin()
    {
        _world = new WorldFixture(messages: 45);
        _client = _world.SignedIn(1);
    }

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(100)]
    [TestCase(int.MaxValue)]
    public async Task GetHistory_PagedUntilEmpty_EqualsTheTruth(int limit)
    {
        foreach (var (peer, marked) in await PeersAsync())
        {
            var paged = await PageAsync(peer, limit);

            var truth = _world.World.Messages(Phone, marked).Reverse();
            Assert.That(
                paged.Select(message => (message.Id, message.Text, (long)message.Date, message.Out)),
                Is.EqualTo(truth.Select(message => (message.MessageId, message.Text, message.Date, message.Out))));
        }
    }

    [Test]
    public async Task GetHistory_AroundAMessage_ShowsBothSides()
    {
        var peer = (await PeersAsync())[0].Peer;
        var all = await PageAsync(peer, 100);

        var around = (MessagesMessagesSlice)await _client.CallAsync(Requests.History(peer, offsetId: all[20].Id, addOffset: -5, limit: 10));

        Assert.That(Ids(around.Messages), Is.EqualTo(all[16..26].Select(message => message.Id)));
        Assert.That(around.Count, Is.EqualTo(45));
        Assert.That(around.OffsetIdOffset, Is.EqualTo(16));
    }

    [Test]
    public async Task GetHistory_WithTheHashOfWhatItHas_IsNotModified()
    {
        var peer = (await PeersAsync())[0].Peer;
        var page = (MessagesMessagesSlice)await _client.CallAsync(Requests.History(peer, limit: 10));

        var again = await _client.CallAsync(Requests.History(peer, limit: 10, hash: ResultHash.Of(Ids(page.Messages).Select(id => (long)id))));

        Assert.That(again, Is.InstanceOf<MessagesMessagesNotModified>());
    }

    [Test]
    public async Task GetHistory_OfSomebodyOneHasNeverTalkedWith_IsEmpty()
    {
        var answer = (MessagesMessages)await _client.CallAsync(Requests.History(await _client.PeerAsync("operator20003")));

        Assert.That(answer.Messages, Is.Empty);
    }

    [Test]
    public async Task GetHistory_NamesEveryUserAndChatItSpeaksOf()
    {
        foreach (var (peer, _) in await PeersAsync())
        {
            var (messages, users, chats) = Parts(await _client.CallAsync(Requests.History(peer)));

            var named = users.OfType<User>().Select(user => (IPeer)new PeerUser { UserId = user.Id }).Select(Mark)
                .Concat(chats.Select(chat => Mark(chat is Channel channel ? new PeerChannel { ChannelId = channel.Id } : new PeerChat { ChatId = ((Chat)chat).Id })))
                .ToHashSet();
            var spoken = messages.OfType<Message>().SelectMany(message => new[] { message.PeerId, message.FromId ?? message.PeerId }).Select(Mark).Distinct();
            Assert.That(spoken, Is.SubsetOf(named));
        }
    }

    [TestCase(0, 1, "400 PEER_ID_INVALID")]
    [TestCase(700_000_002, 1, "400 PEER_ID_INVALID")]
    public async Task GetHistory_WithAnUnknownUserOrAWrongAccessHash_IsRefused(long userId, long hash, string error)
    {
        var peer = new InputPeerUser { UserId = userId, AccessHash = hash };

        Assert.That(await _client.RefusalAsync(Requests.History(peer)), Is.EqualTo(error));
        Assert.That(await _client.RefusalAsync(Requests.History(new InputPeerEmpty())), Is.EqualTo(error));
        Assert.That(await _client.RefusalAsync(Requests.History(new InputPeerChat { ChatId = 1 })), Is.EqualTo(error));
        Assert.That(
            await _client.RefusalAsync(Requests.History(new InputPeerChannel { ChannelId = 5, AccessHash = 5 })), Is.EqualTo("400 CHANNEL_INVALID"));
    }

    [Test]
    public async Task GetHistory_WithAnotherAccountsAccessHash_IsRefused()
    {
        var other = await _world.SignedIn(2).PeerAsync("operator20003");

        Assert.That(await _client.RefusalAsync(Requests.History(other)), Is.EqualTo("400 PEER_ID_INVALID"));
    }

    [Test]
    public async Task GetMessages_AnswersInTheOrderAskedAndEmptyOnesForWhatIsNotThere()
    {
        var peer = (await PeersAsync())[0].Peer;
        var all = await PageAsync(peer, 100);

        var answer = (MessagesMessages)await _client.CallAsync(new MessagesGetMessages
        {
            Id = [new InputMessageID { Id = all[3].Id }, new InputMessageID { Id = int.MaxValue }, new InputMessageID { Id = -1 }],
        });

        Assert.That(Ids(answer.Messages), Is.EqualTo(new[] { all[3].Id, int.MaxValue, -1 }));
        Assert.That(answer.Messages[1..], Is.All.InstanceOf<MessageEmpty>());
    }

    [Test]
    public async Task Search_ByText_FindsExactlyTheMessagesThatHaveIt()
    {
        var (peer, marked) = (await PeersAsync())[0];
        var word = _world.World.Messages(Phone, marked)[10].Text.Split(' ')[0].ToUpperInvariant();
        var expected = _world.World.Messages(Phone, marked)
            .Where(message => message.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(message => message.MessageId)
            .Reverse()
            .ToList();

        var found = Parts(await _client.CallAsync(Search(peer, word, 0, 100))).Messages;
        var second = Parts(await _client.CallAsync(Search(peer, word, expected[0], 1))).Messages;

        Assert.That(Ids(found), Is.EqualTo(expected));
        Assert.That(Ids(second), Is.EqualTo(expected.Skip(1).Take(1)));
    }

    private static MessagesSearch Search(IInputPeer peer, string text, int offsetId, int limit) => new()
    {
        Peer = peer,
        Q = text,
        Filter = new InputMessagesFilterEmpty(),
        MinDate = 0,
        MaxDate = 0,
        OffsetId = offsetId,
        AddOffset = 0,
        Limit = limit,
        MaxId = 0,
        MinId = 0,
        Hash = 0,
    };

    private static long Mark(IPeer peer) => peer switch
    {
        PeerUser user => user.UserId,
        PeerChat chat => PeerId.Chat(chat.ChatId).Marked,
        _ => PeerId.Channel(((PeerChannel)peer).ChannelId).Marked,
    };

    private static IEnumerable<int> Ids(IEnumerable<IMessage> messages) => messages.Select(message => Row(message).Id);

    private static (int Id, string Text, int Date, bool Out) Row(IMessage message) => message switch
    {
        Message ordinary => (ordinary.Id, ordinary.MessageValue, ordinary.Date, ordinary.Out),
        MessageService service => (service.Id, "", service.Date, service.Out),
        MessageEmpty empty => (empty.Id, "", 0, false),
        _ => throw new InvalidOperationException(),
    };

    private static (IMessage[] Messages, IUser[] Users, IChat[] Chats) Parts(IMessagesMessages answer) => answer switch
    {
        MessagesMessages all => (all.Messages, all.Users, all.Chats),
        MessagesMessagesSlice slice => (slice.Messages, slice.Users, slice.Chats),
        MessagesChannelMessages channel => (channel.Messages, channel.Users, channel.Chats),
        _ => throw new InvalidOperationException(),
    };

    private async Task<List<(int Id, string Text, int Date, bool Out)>> PageAsync(IInputPeer peer, int limit)
    {
        var rows = new List<(int Id, string Text, int Date, bool Out)>();
        while (rows.Count < 1000)
        {
            var page = Parts(await _client.CallAsync(Requests.History(peer, rows.Count == 0 ? 0 : rows[^1].Id, limit: limit))).Messages;
            if (page.Length == 0)
            {
                return rows;
            }

            rows.AddRange(page.Select(Row));
        }

        throw new InvalidOperationException("The pages do not end.");
    }

    private async Task<List<(IInputPeer Peer, long Marked)>> PeersAsync()
    {
        var all = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        var people = all.Users.OfType<User>().Where(user => all.Dialogs.Cast<Dialog>().Any(dialog => dialog.Peer is PeerUser peer && peer.UserId == user.Id));
        return
        [
            .. people.Select(user => ((IInputPeer)WorldClient.Peer(user), user.Id)),
            .. all.Chats.Select(chat => chat is Channel channel
                ? ((IInputPeer)WorldClient.Peer(channel), PeerId.Channel(channel.Id).Marked)
                : (new InputPeerChat { ChatId = ((Chat)chat).Id }, PeerId.Chat(((Chat)chat).Id).Marked)),
        ];
    }
}
