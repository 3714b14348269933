using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>Reading, editing and deleting.</summary>
internal sealed class ChangesTests
{
    private WorldFixture _world = null!;
    private WorldClient _one = null!;
    private WorldClient _two = null!;

    [SetUp]
    public void Begin()
    {
        _world = new WorldFixture();
        _one = _world.SignedIn(1);
        _two = _world.SignedIn(2);
    }

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [Test]
    public async Task ReadHistory_TellsBothSidesAndCountsDown()
    {
        var peer = await _one.PeerAsync("operator20002");
        for (var number = 1; number <= 3; number++)
        {
            await _one.CallAsync(Requests.Send(peer, $"m{number}", number));
        }

        var received = _two.TakePushes().Cast<UpdateNewMessage>().Select(update => ((Message)update.Message).Id).ToList();
        var other = _world.SignedIn(2);
        var affected = await _two.CallAsync(new MessagesReadHistory { Peer = await _two.PeerAsync("operator20001"), MaxId = received[1] });
        var again = await _two.CallAsync(new MessagesReadHistory { Peer = await _two.PeerAsync("operator20001"), MaxId = received[0] });

        Assert.That((affected.PtsCount, again.PtsCount), Is.EqualTo((1, 0)));
        var inbox = (UpdateReadHistoryInbox)other.TakePushes().Single();
        Assert.That((inbox.MaxId, inbox.StillUnreadCount), Is.EqualTo((received[1], 1)));
        var outbox = (UpdateReadHistoryOutbox)_one.TakePushes().Single();
        Assert.That(outbox.MaxId, Is.EqualTo(_world.World.Messages("9996620001", Population.OperatorId(2))[1].MessageId));
        Assert.That(((PeerUser)outbox.Peer).UserId, Is.EqualTo(_two.UserId));
    }

    [Test]
    public async Task ReadHistory_OfComputedDialogs_ClearsTheirUnreadCount()
    {
        var all = (MessagesDialogs)await _one.CallAsync(Requests.Dialogs());
        var unread = all.Dialogs.Cast<Dialog>().First(dialog => dialog.UnreadCount > 0);
        var user = all.Users.OfType<User>().First(user => user.Id == ((PeerUser)unread.Peer).UserId);

        await _one.CallAsync(new MessagesReadHistory { Peer = WorldClient.Peer(user), MaxId = 0 });

        var after = await _one.CallAsync(new MessagesGetPeerDialogs { Peers = [new InputDialogPeer { Peer = WorldClient.Peer(user) }] });
        Assert.That(((Dialog)after.Dialogs[0]).UnreadCount, Is.Zero);
        Assert.That(((Dialog)after.Dialogs[0]).ReadInboxMaxId, Is.EqualTo(unread.TopMessage));
    }

    [Test]
    public async Task EditMessage_ChangesBothCopiesAndTellsTheOther()
    {
        var peer = await _one.PeerAsync("operator20002");
        var sent = (UpdateShortSentMessage)await _one.CallAsync(Requests.Send(peer, "tpyo", 1));
        _two.TakePushes();
        _world.Time.Advance(TimeSpan.FromMinutes(1));

        var answer = (Telegram.Tl.Types.Updates)await _one.CallAsync(Edit(peer, sent.Id, "typo"));

        Assert.That(((UpdateEditMessage)answer.UpdatesValue.Single()).Pts, Is.EqualTo(3));
        var heard = (Message)((UpdateEditMessage)_two.TakePushes().Single()).Message;
        Assert.That((heard.MessageValue, heard.EditDate), Is.EqualTo(("typo", heard.Date + 60)));
        Assert.That(_world.World.Messages("9996620002", _one.UserId).Single().Text, Is.EqualTo("typo"));
    }

    [Test]
    public async Task EditMessage_WhereItMayNot_IsRefused()
    {
        var peer = await _one.PeerAsync("operator20002");
        var sent = (UpdateShortSentMessage)await _one.CallAsync(Requests.Send(peer, "text", 1));
        var received = ((Message)((UpdateNewMessage)_two.TakePushes().Single()).Message).Id;
        var back = await _two.PeerAsync("operator20001");

        Assert.That(await _one.RefusalAsync(Edit(peer, sent.Id, "text")), Is.EqualTo("400 MESSAGE_NOT_MODIFIED"));
        Assert.That(await _one.RefusalAsync(Edit(peer, sent.Id, "")), Is.EqualTo("400 MESSAGE_EMPTY"));
        Assert.That(await _one.RefusalAsync(Edit(peer, sent.Id + 5, "x")), Is.EqualTo("400 MESSAGE_ID_INVALID"));
        Assert.That(await _two.RefusalAsync(Edit(back, received, "x")), Is.EqualTo("403 MESSAGE_AUTHOR_REQUIRED"));
        _world.Time.Advance(TimeSpan.FromHours(49));
        Assert.That(await _one.RefusalAsync(Edit(peer, sent.Id, "x")), Is.EqualTo("400 MESSAGE_EDIT_TIME_EXPIRED"));
    }

    [Test]
    public async Task DeleteMessages_ForBoth_RemovesAndTellsBothCopies()
    {
        var peer = await _one.PeerAsync("operator20002");
        var first = (UpdateShortSentMessage)await _one.CallAsync(Requests.Send(peer, "a", 1));
        await _one.CallAsync(Requests.Send(peer, "b", 2));
        _two.TakePushes();

        var affected = await _one.CallAsync(new MessagesDeleteMessages { Revoke = true, Id = [first.Id, 123_456] });

        Assert.That((affected.Pts, affected.PtsCount), Is.EqualTo((4, 1)));
        Assert.That(((UpdateDeleteMessages)_two.TakePushes().Single()).Messages, Has.Length.EqualTo(1));
        Assert.That(_world.World.Messages("9996620002", _one.UserId).Select(message => message.Text), Is.EqualTo(new[] { "b" }));
        Assert.That(_world.World.Messages("9996620001", _two.UserId).Select(message => message.Text), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public async Task DeleteMessages_ForOneself_LeavesTheOtherCopy()
    {
        var sent = (UpdateShortSentMessage)await _one.CallAsync(Requests.Send(await _one.PeerAsync("operator20002"), "a", 1));

        await _one.CallAsync(new MessagesDeleteMessages { Id = [sent.Id] });

        Assert.That(_world.World.Messages("9996620001", _two.UserId), Is.Empty);
        Assert.That(_world.World.Messages("9996620002", _one.UserId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task DeleteMessages_OfComputedGroupHistory_ReachesTheWholeTeam()
    {
        var group = Communities.Group(_one.UserId, 1);
        var id = _world.World.Messages("9996620001", group.Marked)[5].MessageId;

        var refusal = await _two.RefusalAsync(new MessagesDeleteMessages { Revoke = true, Id = [_world.World.Messages("9996620002", group.Marked)[0].MessageId] });
        await _one.CallAsync(new MessagesDeleteMessages { Revoke = true, Id = [id] });

        Assert.That(refusal, Is.EqualTo("403 MESSAGE_DELETE_FORBIDDEN"), "the creator's message");
        Assert.That(((UpdateDeleteMessages)_two.TakePushes().Single()).Messages, Is.EqualTo(new[] { id }));
        Assert.That(_world.World.Messages("9996620002", group.Marked).Select(message => message.MessageId), Does.Not.Contain(id));
    }

    [Test]
    public async Task DeleteHistory_GoesOnInPiecesUntilNothingIsLeft()
    {
        await using var world = new WorldFixture(operators: 1, dialogs: 1, messages: 2_300);
        var client = world.SignedIn(1);
        var peer = new InputPeerChat { ChatId = Communities.Group(client.UserId, 0).Id };
        var lefts = new List<int>();
        do
        {
            lefts.Add((await client.CallAsync(new MessagesDeleteHistory { Peer = peer, MaxId = 0 })).Offset);
        }
        while (lefts[^1] > 0 && lefts.Count < 10);

        Assert.That(lefts, Is.EqualTo(new[] { 1300, 300, 0 }));
        Assert.That(((MessagesMessages)await client.CallAsync(Requests.History(peer))).Messages, Is.Empty);
        Assert.That(((MessagesDialogs)await client.CallAsync(Requests.Dialogs())).Dialogs, Has.Length.EqualTo(4), "the emptied group is listed no more");
    }

    [Test]
    public async Task ChannelsReadHistory_TellsOwnOtherSessions()
    {
        var supergroup = ((MessagesDialogs)await _one.CallAsync(Requests.Dialogs())).Chats.OfType<Channel>().First(channel => channel.Megagroup);
        var theirs = ((MessagesDialogs)await _two.CallAsync(Requests.Dialogs())).Chats.OfType<Channel>().First(channel => channel.Megagroup);
        await _one.CallAsync(Requests.Send(WorldClient.Peer(supergroup), "hi", 1));
        var other = _world.SignedIn(2);

        await _two.CallAsync(new ChannelsReadHistory
        {
            Channel = new InputChannel { ChannelId = theirs.Id, AccessHash = theirs.AccessHash!.Value },
            MaxId = 0,
        });

        var read = (UpdateReadChannelInbox)other.TakePushes().Single();
        Assert.That((read.ChannelId, read.MaxId, read.StillUnreadCount), Is.EqualTo((theirs.Id, 21, 0)));
    }

    [Test]
    public async Task SetTyping_ReachesTheOther()
    {
        await _one.CallAsync(new MessagesSetTyping { Peer = await _one.PeerAsync("operator20002"), Action = new SendMessageTypingAction() });

        Assert.That(((UpdateUserTyping)_two.TakePushes().Single()).UserId, Is.EqualTo(_one.UserId));
    }

    private static MessagesEditMessage Edit(IInputPeer peer, int id, string text) => new() { Peer = peer, Id = id, Message = text };
}
