using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

internal sealed class SendTests
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
    public async Task SendMessage_ToAnOperator_IsInBothBoxesAndPushedToTheOtherSessionsOnly()
    {
        var second = _world.SignedIn(1);
        var receiver = _world.SignedIn(2);

        var sent = (UpdateShortSentMessage)await _client.CallAsync(Requests.Send(await _client.PeerAsync("operator20002"), "Привет 👋", 77));

        Assert.That(sent.Out, Is.True);
        Assert.That((sent.Pts, sent.PtsCount), Is.EqualTo((2, 1)));
        Assert.That(_client.TakePushes(), Is.Empty);
        var copy = (Message)((UpdateNewMessage)second.TakePushes().Single()).Message;
        Assert.That((copy.Id, copy.Out, copy.MessageValue), Is.EqualTo((sent.Id, true, "Привет 👋")));
        var received = (UpdateNewMessage)receiver.TakePushes().Single();
        Assert.That(((Message)received.Message).Out, Is.False);
        Assert.That(((Message)received.Message).FromId, Is.Null, "an incoming private message is from its peer");
        Assert.That(received.Pts, Is.EqualTo(2));
        var theirs = _world.World.Messages("9996620002", Population.OperatorId(1)).Single();
        var mine = _world.World.Messages("9996620001", Population.OperatorId(2)).Single();
        Assert.That((theirs.Text, theirs.Out, theirs.RandomId), Is.EqualTo(("Привет 👋", false, 0)));
        Assert.That((mine.MessageId, mine.Out, mine.RandomId), Is.EqualTo((sent.Id, true, 77)));
    }

    [Test]
    public async Task SendMessage_WithOneRandomIdAHundredTimesAtOnce_MakesOneMessage()
    {
        var peer = await CustomerAsync();
        var before = _world.World.Messages("9996620001", peer.UserId).Count;
        var clients = Enumerable.Range(0, 10).Select(_ => _world.SignedIn(1)).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            Task.Run(() => clients[number % 10].CallAsync(Requests.Send(peer, "once", 4242)))));

        Assert.That(answers.Cast<UpdateShortSentMessage>().Select(sent => sent.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That(answers.Cast<UpdateShortSentMessage>().Sum(sent => sent.PtsCount), Is.EqualTo(1));
        Assert.That(_world.World.Messages("9996620001", peer.UserId), Has.Count.EqualTo(before + 1));
    }

    [Test]
    public async Task SendMessage_WithDistinctRandomIdsAtOnce_MakesEveryMessageOnceWithAscendingIds()
    {
        var peer = await CustomerAsync();
        var before = _world.World.Messages("9996620001", peer.UserId).Count;

        var answers = await Task.WhenAll(Enumerable.Range(1, 100).Select(number =>
            Task.Run(() => _client.CallAsync(Requests.Send(peer, $"text {number}", number)))));

        var added = _world.World.Messages("9996620001", peer.UserId).Skip(before).ToList();
        Assert.That(added.Select(message => message.MessageId), Is.Ordered.And.Unique);
        Assert.That(added.Select(message => message.RandomId), Is.EquivalentTo(Enumerable.Range(1, 100)));
        Assert.That(answers.Cast<UpdateShortSentMessage>().Select(sent => sent.Pts).Order(), Is.EqualTo(Enumerable.Range(2, 100)));
    }

    [Test]
    public async Task SendMessage_ToAGroup_NamesTheIdBeforeTheMessageAndReachesTheTeam()
    {
        var colleague = _world.SignedIn(3);
        var groupId = Communities.Group(_client.UserId, 0).Id;

        var answer = (Telegram.Tl.Types.Updates)await _client.CallAsync(Requests.Send(new InputPeerChat { ChatId = groupId }, "всем привет", 9));

        var named = (UpdateMessageID)answer.UpdatesValue[0];
        var added = (UpdateNewMessage)answer.UpdatesValue[1];
        Assert.That((named.RandomId, named.Id), Is.EqualTo((9L, ((Message)added.Message).Id)));
        Assert.That(answer.Chats.OfType<Chat>().Single().Id, Is.EqualTo(groupId));
        Assert.That(answer.Users.OfType<User>().Select(user => user.Id), Does.Contain(_client.UserId));
        var heard = (Message)((UpdateNewMessage)colleague.TakePushes().Single()).Message;
        Assert.That(((PeerUser)heard.FromId!).UserId, Is.EqualTo(_client.UserId));
        Assert.That(((PeerChat)heard.PeerId).ChatId, Is.EqualTo(groupId));
    }

    [Test]
    public async Task SendMessage_ToASupergroup_CountsInItsOwnBox()
    {
        var colleague = _world.SignedIn(2);
        var peer = await SupergroupAsync();

        var answer = (Telegram.Tl.Types.Updates)await _client.CallAsync(Requests.Send(peer, "hello", 5));

        var added = (UpdateNewChannelMessage)answer.UpdatesValue[1];
        Assert.That(((Message)added.Message).Id, Is.EqualTo(21));
        Assert.That((added.Pts, added.PtsCount), Is.EqualTo((2, 1)));
        Assert.That((await _client.CallAsync(new UpdatesGetState())).Pts, Is.EqualTo(1), "the common box has not moved");
        Assert.That(((Message)((UpdateNewChannelMessage)colleague.TakePushes().Single()).Message).Out, Is.False);
    }

    [Test]
    public async Task SendMessage_ToTheBroadcastChannel_IsForItsCreatorAlone()
    {
        var stranger = _world.SignedIn(2);
        var mine = await _client.PeerAsync(Communities.NewsUsername);

        Assert.That(
            await stranger.RefusalAsync(Requests.Send(await stranger.PeerAsync(Communities.NewsUsername), "spam", 1)),
            Is.EqualTo("400 CHAT_ADMIN_REQUIRED"));
        var answer = (Telegram.Tl.Types.Updates)await _client.CallAsync(Requests.Send(mine, "news", 1));
        var post = (Message)((UpdateNewChannelMessage)answer.UpdatesValue[1]).Message;
        Assert.That((post.Post, post.FromId), Is.EqualTo((true, (IPeer?)null)));
        Assert.That(stranger.TakePushes().Single(), Is.InstanceOf<UpdateNewChannelMessage>());
    }

    [Test]
    public async Task SendMessage_ToOneself_IsKeptOnceAndUnread()
    {
        await _client.CallAsync(Requests.Send(new InputPeerSelf(), "note", 3));

        var history = (MessagesMessages)await _client.CallAsync(Requests.History(new InputPeerSelf()));
        Assert.That(((Message)history.Messages.Single()).MessageValue, Is.EqualTo("note"));
        Assert.That((await _client.CallAsync(new UpdatesGetState())).Pts, Is.EqualTo(2));
    }

    [Test]
    public async Task SendMessage_AsAReply_PointsAtTheReceiversOwnCopy()
    {
        var receiver = _world.SignedIn(2);
        await receiver.CallAsync(Requests.Send(new InputPeerSelf(), "shifts the ids", 1));
        var peer = await _client.PeerAsync("operator20002");
        var first = (UpdateShortSentMessage)await _client.CallAsync(Requests.Send(peer, "question", 2));
        receiver.TakePushes();

        await _client.CallAsync(new MessagesSendMessage
        {
            Peer = peer,
            Message = "more",
            RandomId = 3,
            ReplyTo = new InputReplyToMessage { ReplyToMsgId = first.Id },
        });

        var received = (Message)((UpdateNewMessage)receiver.TakePushes().Single()).Message;
        Assert.That(((MessageReplyHeader)received.ReplyTo!).ReplyToMsgId, Is.EqualTo(first.Id + 1));
    }

    [Test]
    public async Task SendMessage_WithFormatting_KeepsIt()
    {
        var receiver = _world.SignedIn(2);
        await _client.CallAsync(new MessagesSendMessage
        {
            Peer = await _client.PeerAsync("operator20002"),
            Message = "bold text",
            RandomId = 1,
            Entities = [new MessageEntityBold { Offset = 0, Length = 4 }],
        });

        var received = (Message)((UpdateNewMessage)receiver.TakePushes().Single()).Message;
        var entity = (MessageEntityBold)received.Entities!.Single();
        Assert.That((entity.Offset, entity.Length), Is.EqualTo((0, 4)));
    }

    [Test]
    public async Task SendMessage_WithWhatCannotBeSent_IsRefused()
    {
        var peer = await CustomerAsync();
        var bold = new MessagesSendMessage
        {
            Peer = peer,
            Message = "short",
            RandomId = 1,
            Entities = [new MessageEntityBold { Offset = 3, Length = 3 }],
        };
        var reply = new MessagesSendMessage
        {
            Peer = peer,
            Message = "re",
            RandomId = 1,
            ReplyTo = new InputReplyToMessage { ReplyToMsgId = 1_000_000 },
        };

        Assert.That(await _client.RefusalAsync(Requests.Send(peer, "", 1)), Is.EqualTo("400 MESSAGE_EMPTY"));
        Assert.That(await _client.RefusalAsync(Requests.Send(peer, " \n", 1)), Is.EqualTo("400 MESSAGE_EMPTY"));
        Assert.That(await _client.RefusalAsync(Requests.Send(peer, new string('x', 4097), 1)), Is.EqualTo("400 MESSAGE_TOO_LONG"));
        Assert.That(await _client.RefusalAsync(Requests.Send(peer, "x", 0)), Is.EqualTo("400 RANDOM_ID_EMPTY"));
        Assert.That(await _client.RefusalAsync(bold), Is.EqualTo("400 ENTITY_BOUNDS_INVALID"));
        Assert.That(await _client.RefusalAsync(reply), Is.EqualTo("400 REPLY_MESSAGE_ID_INVALID"));
        Assert.That(
            await _client.RefusalAsync(Requests.Send(new InputPeerUser { UserId = peer.UserId, AccessHash = 3 }, "x", 1)),
            Is.EqualTo("400 PEER_ID_INVALID"));
        await _client.CallAsync(Requests.Send(peer, new string('x', 4096), 1));
    }

    [Test]
    public async Task SendMessage_ToACustomer_IsReadAndAnsweredWithinTwoSeconds()
    {
        _world.World.Start();
        var peer = await CustomerAsync();
        var sent = (UpdateShortSentMessage)await _client.CallAsync(Requests.Send(peer, "Добрый день!", 1));

        Assert.That(_client.TakePushes(), Is.Empty, "nobody answers at once");
        _world.Time.Advance(TimeSpan.FromSeconds(2));

        var pushes = _client.TakePushes();
        Assert.That(((UpdateReadHistoryOutbox)pushes[0]).MaxId, Is.EqualTo(sent.Id));
        var answer = (UpdateNewMessage)pushes[1];
        Assert.That((answer.Pts, ((Message)answer.Message).Out), Is.EqualTo((4, false)));
        Assert.That(((Message)answer.Message).MessageValue, Is.Not.Empty);
        Assert.That(pushes, Has.Count.EqualTo(2));
    }

    private async Task<InputPeerUser> CustomerAsync()
    {
        var all = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        return WorldClient.Peer(all.Users.OfType<User>().First(user => user is { Bot: false, Self: false } && user.Id < Population.FirstAccountId));
    }

    private async Task<InputPeerChannel> SupergroupAsync()
    {
        var all = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        return WorldClient.Peer(all.Chats.OfType<Channel>().First(channel => channel.Megagroup));
    }
}
