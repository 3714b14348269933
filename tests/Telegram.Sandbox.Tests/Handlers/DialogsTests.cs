using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

internal sealed class DialogsTests
{
    private WorldFixture _world = null!;
    private WorldClient _client = null!;

    [SetUp]
    public void Begin()
    {
        _world = new WorldFixture();
        _client = _world.SignedIn(1);
    }

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [Test]
    public async Task GetDialogs_InOnePage_ListsEverybodyNewestFirst()
    {
        var all = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs(limit: int.MaxValue));
        var messages = all.Messages.OfType<Message>().ToList();

        Assert.That(all.Dialogs, Has.Length.EqualTo(12 + 2 + 2), "people, groups, supergroup and channel");
        Assert.That(messages.Select(message => message.Date), Is.Ordered.Descending);
        Assert.That(messages.Select(message => message.Id), Is.EqualTo(all.Dialogs.Cast<Dialog>().Select(dialog => dialog.TopMessage)));
        Assert.That(all.Users.OfType<User>().Count(user => user.Phone is not null), Is.GreaterThan(4));
        Assert.That(all.Chats.OfType<Channel>().Count(), Is.EqualTo(2));
        Assert.That(all.Dialogs.Cast<Dialog>().Sum(dialog => dialog.UnreadCount), Is.GreaterThan(0));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(100)]
    public async Task GetDialogs_PagedUntilEmpty_EndsAndShowsEachDialogOnce(int limit)
    {
        await DisturbAsync();
        var whole = Peers(await _client.CallAsync(Requests.Dialogs()));

        var paged = await PageAsync(limit);

        Assert.That(paged, Is.EqualTo(whole));
    }

    [TestCase(1)]
    [TestCase(4)]
    public async Task GetDialogs_PagedWithPinnedDialogs_ShowsThemFirstAndOnce(int limit)
    {
        var peers = await InputPeersAsync();
        await PinAsync(peers[9], pinned: true);
        await PinAsync(peers[3], pinned: true);

        var whole = Peers(await _client.CallAsync(Requests.Dialogs()));
        var paged = await PageAsync(limit);

        Assert.That(whole[..2], Is.EqualTo(new[] { Key(peers[3]), Key(peers[9]) }));
        Assert.That(paged, Is.EquivalentTo(whole).And.Unique);
        var pinned = await _client.CallAsync(new MessagesGetPinnedDialogs { FolderId = 0 });
        Assert.That(pinned.Dialogs.Cast<Dialog>().Select(Key), Is.EqualTo(whole[..2]));
        var rest = await _client.CallAsync(new MessagesGetDialogs
        {
            ExcludePinned = true,
            OffsetDate = 0,
            OffsetId = 0,
            OffsetPeer = new InputPeerEmpty(),
            Limit = 100,
            Hash = 0,
        });
        Assert.That(Peers(rest), Is.EqualTo(whole[2..]));
    }

    [Test]
    public async Task ToggleDialogPin_BeyondFive_IsRefused()
    {
        var peers = await InputPeersAsync();
        for (var index = 0; index < 5; index++)
        {
            await PinAsync(peers[index], pinned: true);
        }

        var request = new MessagesToggleDialogPin { Pinned = true, Peer = new InputDialogPeer { Peer = peers[5] } };

        Assert.That(await _client.RefusalAsync(request), Is.EqualTo("400 PINNED_DIALOGS_TOO_MUCH"));
        await PinAsync(peers[0], pinned: false);
        await PinAsync(peers[5], pinned: true);
    }

    [Test]
    public async Task GetDialogs_ByDateAlone_ShowsWhatIsOlder()
    {
        var all = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        var date = ((Message)all.Messages[6]).Date;

        var older = Peers(await _client.CallAsync(Requests.Dialogs(offsetDate: date)));

        Assert.That(older, Is.EqualTo(Peers(all).Skip(7)));
    }

    [Test]
    public async Task GetDialogs_AfterAMessage_ShowsItsDialogFirst()
    {
        var last = (await InputPeersAsync())[^1];

        await _client.CallAsync(Requests.Send(last, "again", 1));

        var page = (MessagesDialogsSlice)await _client.CallAsync(Requests.Dialogs(limit: 1));
        Assert.That(Peers(page), Is.EqualTo(new[] { Key(last) }));
        Assert.That(((Message)page.Messages[0]).MessageValue, Is.EqualTo("again"));
        Assert.That(page.Count, Is.EqualTo(16));
    }

    [Test]
    public async Task GetDialogs_WithTheHashOfWhatItHas_IsNotModified()
    {
        var view = Peers(await _client.CallAsync(Requests.Dialogs()));
        var dialogs = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        var hash = Sandbox.Handlers.ResultHash.Of(dialogs.Dialogs.Cast<Dialog>().SelectMany(dialog =>
            new[] { Key(dialog), dialog.TopMessage, dialog.ReadInboxMaxId, dialog.UnreadCount }));

        var again = await _client.CallAsync(new MessagesGetDialogs
        {
            OffsetDate = 0,
            OffsetId = 0,
            OffsetPeer = new InputPeerEmpty(),
            Limit = 100,
            Hash = hash,
        });

        Assert.That(((MessagesDialogsNotModified)again).Count, Is.EqualTo(view.Count));
    }

    [Test]
    public async Task GetDialogs_WithBadArguments_IsRefused()
    {
        var foreign = new InputPeerUser { UserId = 1, AccessHash = 1 };
        var folder = new MessagesGetDialogs { FolderId = 7, OffsetDate = 0, OffsetId = 0, OffsetPeer = new InputPeerEmpty(), Limit = 1, Hash = 0 };

        Assert.That(await _client.RefusalAsync(Requests.Dialogs(limit: -1)), Is.EqualTo("400 LIMIT_INVALID"));
        Assert.That(await _client.RefusalAsync(Requests.Dialogs(offsetId: 3, offsetPeer: foreign)), Is.EqualTo("400 OFFSET_PEER_ID_INVALID"));
        Assert.That(await _client.RefusalAsync(folder), Is.EqualTo("400 FOLDER_ID_INVALID"));
    }

    [Test]
    public async Task GetPeerDialogs_TellsUnreadAndState()
    {
        var people = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        var unread = people.Dialogs.Cast<Dialog>().First(dialog => dialog.UnreadCount > 0);
        var user = people.Users.OfType<User>().First(user => user.Id == ((PeerUser)unread.Peer).UserId);

        var answer = await _client.CallAsync(new MessagesGetPeerDialogs { Peers = [new InputDialogPeer { Peer = WorldClient.Peer(user) }] });

        Assert.That(((Dialog)answer.Dialogs[0]).UnreadCount, Is.EqualTo(unread.UnreadCount));
        Assert.That(answer.State.Pts, Is.EqualTo(1));
    }

    [Test]
    public async Task GetDialogs_InAHugeWorld_PagesWithoutMakingIt()
    {
        await using var huge = new WorldFixture(operators: 2, dialogs: 900_000, messages: 1_000);
        var client = huge.SignedIn(2);

        var page = (MessagesDialogsSlice)await client.CallAsync(Requests.Dialogs());
        var top = (Message)page.Messages[^1];
        var user = page.Users.OfType<User>().First(user => user.Id == ((PeerUser)top.PeerId).UserId);
        var next = (MessagesDialogsSlice)await client.CallAsync(Requests.Dialogs(100, top.Date, top.Id, WorldClient.Peer(user)));
        var history = (MessagesMessagesSlice)await client.CallAsync(Requests.History(WorldClient.Peer(user), offsetId: top.Id));

        Assert.That(page.Count, Is.EqualTo(900_004));
        Assert.That(Peers(next).Intersect(Peers(page)), Is.Empty);
        Assert.That(history.Count, Is.EqualTo(1_000));
        Assert.That(history.Messages, Has.Length.EqualTo(100));
    }

    private static List<long> Peers(IMessagesDialogs answer) => answer switch
    {
        MessagesDialogs all => [.. all.Dialogs.Cast<Dialog>().Select(Key)],
        MessagesDialogsSlice slice => [.. slice.Dialogs.Cast<Dialog>().Select(Key)],
        _ => throw new InvalidOperationException(),
    };

    private static long Key(Dialog dialog) => Key(dialog.Peer);

    private static long Key(IPeer peer) => peer switch
    {
        PeerUser user => user.UserId,
        PeerChat chat => PeerId.Chat(chat.ChatId).Marked,
        PeerChannel channel => PeerId.Channel(channel.ChannelId).Marked,
        _ => throw new InvalidOperationException(),
    };

    private static long Key(IInputPeer peer) => peer switch
    {
        InputPeerUser user => user.UserId,
        InputPeerChat chat => PeerId.Chat(chat.ChatId).Marked,
        InputPeerChannel channel => PeerId.Channel(channel.ChannelId).Marked,
        _ => throw new InvalidOperationException(),
    };

    private static IInputPeer Input(IPeer peer, IUser[] users, IChat[] chats) => peer switch
    {
        PeerUser user => WorldClient.Peer(users.OfType<User>().First(known => known.Id == user.UserId)),
        PeerChat chat => new InputPeerChat { ChatId = chat.ChatId },
        PeerChannel channel => WorldClient.Peer(chats.OfType<Channel>().First(known => known.Id == channel.ChannelId)),
        _ => throw new InvalidOperationException(),
    };

    private async Task<List<long>> PageAsync(int limit)
    {
        var seen = new List<long>();
        var request = Requests.Dialogs(limit);
        for (var pages = 0; pages < 100; pages++)
        {
            var answer = await _client.CallAsync(request);
            var (dialogs, messages, users, chats) = answer switch
            {
                MessagesDialogs all => (all.Dialogs, all.Messages, all.Users, all.Chats),
                MessagesDialogsSlice slice => (slice.Dialogs, slice.Messages, slice.Users, slice.Chats),
                _ => throw new InvalidOperationException(),
            };
            if (dialogs.Length == 0)
            {
                return seen;
            }

            seen.AddRange(dialogs.Cast<Dialog>().Select(Key));
            var last = (Dialog)dialogs[^1];
            var date = messages[^1] is Message message ? message.Date : ((MessageService)messages[^1]).Date;
            request = Requests.Dialogs(limit, date, last.TopMessage, Input(last.Peer, users, chats));
        }

        throw new InvalidOperationException("The pages do not end.");
    }

    // New messages here and there, so that kept and computed dialogs alternate.
    private async Task DisturbAsync()
    {
        var peers = await InputPeersAsync();
        await _client.CallAsync(Requests.Send(peers[5], "a", 1));
        await _client.CallAsync(Requests.Send(peers[11], "b", 2));
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _client.CallAsync(Requests.Send(await _client.PeerAsync("operator20002"), "c", 3));
        await _client.CallAsync(Requests.Send(new InputPeerSelf(), "d", 4));
        var history = (MessagesMessages)await _client.CallAsync(Requests.History(peers[7]));
        await _client.CallAsync(new MessagesDeleteMessages { Id = [.. history.Messages.OfType<Message>().Take(3).Select(message => message.Id)] });
    }

    private async Task<List<IInputPeer>> InputPeersAsync()
    {
        var all = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        return
        [
            .. all.Dialogs.Cast<Dialog>()
                .Where(dialog => dialog.Peer is PeerUser)
                .Select(dialog => Input(dialog.Peer, all.Users, all.Chats)),
        ];
    }

    private Task<bool> PinAsync(IInputPeer peer, bool pinned) =>
        _client.CallAsync(new MessagesToggleDialogPin { Pinned = pinned, Peer = new InputDialogPeer { Peer = peer } });
}
