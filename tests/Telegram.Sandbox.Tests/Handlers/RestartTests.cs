using System.Text;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>A world that was stopped, or killed in the middle of a record, is the same world again.</summary>
internal sealed class RestartTests
{
    private WorldFixture _world = null!;

    [SetUp]
    public void Begin() => _world = new WorldFixture(operators: 3, dialogs: 4, messages: 6);

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    public async Task AfterARestart_EverybodySeesTheSame(int seed)
    {
        _world.World.Start();
        await new RandomTraffic(_world, [.. Enumerable.Range(1, 3).Select(_world.SignedIn)], seed).RunAsync(120);
        await _world.SignedIn(1).CallAsync(new AccountUpdateProfile { FirstName = "Вера", About = "☕" });
        var before = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => PictureAsync(_world, number)));

        await using var again = await _world.RestartAsync();

        var after = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => PictureAsync(again, number)));
        Assert.That(after, Is.EqualTo(before));
    }

    [Test]
    public async Task AfterARestart_OnAnotherDay_ComputedIdsAndDatesStay()
    {
        var before = await PictureAsync(_world, 1);
        _world.Time.Advance(TimeSpan.FromDays(40));

        await using var again = await _world.RestartAsync();

        Assert.That(await PictureAsync(again, 1), Is.EqualTo(before));
    }

    [Test]
    public async Task AfterARestart_AReusedRandomIdStillFindsTheFirstMessage()
    {
        var first = (UpdateShortSentMessage)await _world.SignedIn(1).CallAsync(Requests.Send(new InputPeerSelf(), "note", 99));

        await using var again = await _world.RestartAsync();

        var second = (UpdateShortSentMessage)await again.SignedIn(1).CallAsync(Requests.Send(new InputPeerSelf(), "note", 99));
        Assert.That((second.Id, second.PtsCount), Is.EqualTo((first.Id, 0)));
    }

    [Test]
    public async Task AfterARestart_WhoOwesAnAnswerStillGivesIt()
    {
        var client = _world.SignedIn(1);
        var all = (MessagesDialogs)await client.CallAsync(Requests.Dialogs());
        var customer = all.Users.OfType<User>().First(user => user.Id < Population.FirstAccountId);
        await client.CallAsync(Requests.Send(WorldClient.Peer(customer), "hello?", 1));

        await using var again = await _world.RestartAsync();
        again.World.Start();
        again.Time.Advance(TimeSpan.FromSeconds(2));

        var messages = again.World.Messages("9996620001", customer.Id);
        Assert.That(messages[^2].Text, Is.EqualTo("hello?"));
        Assert.That(messages[^1].Out, Is.False);
        again.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(again.World.Messages("9996620001", customer.Id), Has.Count.EqualTo(messages.Count), "and gives it once");
    }

    [Test]
    public async Task AfterBeingKilledAtAnyByteOfTheLastRecord_OnlyThatRecordIsLost()
    {
        var client = _world.SignedIn(1);
        await client.CallAsync(Requests.Send(new InputPeerSelf(), "first", 1));
        await client.CallAsync(Requests.Send(new InputPeerSelf(), "last", 2));
        await _world.World.DisposeAsync();
        var whole = await File.ReadAllBytesAsync(_world.JournalPath);
        var lastRecord = Encoding.UTF8.GetString(whole).TrimEnd('\n').LastIndexOf('\n') + 1;
        for (var length = lastRecord; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(_world.JournalPath, whole[..length]);
            var torn = await _world.RestartAsync();

            var texts = torn.World.Messages("9996620001", Population.OperatorId(1)).Select(message => message.Text);
            Assert.That(texts, Is.EqualTo(new[] { "first" }), $"{length} bytes");
            await torn.SignedIn(1).CallAsync(Requests.Send(new InputPeerSelf(), "next", 3));
            await torn.World.DisposeAsync();
            var mended = await _world.RestartAsync();
            Assert.That(mended.World.Messages("9996620001", Population.OperatorId(1)), Has.Count.EqualTo(2));
            await mended.World.DisposeAsync();
        }
    }

    [Test]
    public async Task Start_WithARecordDamagedInTheMiddle_SaysWhich()
    {
        await _world.SignedIn(1).CallAsync(Requests.Send(new InputPeerSelf(), "first", 1));
        await _world.World.DisposeAsync();
        await File.AppendAllTextAsync(_world.JournalPath, "{\"is\":\"mess\n{}\n");

        Assert.That(_world.RestartAsync, Throws.InstanceOf<JournalException>().With.Message.Contains("Record 3"));
    }

    [Test]
    public async Task Start_WithAnotherSize_IsRefusedWithBothSizes()
    {
        await _world.World.DisposeAsync();

        Assert.That(
            () => new WorldFixture(_world, new SandboxOptions { Operators = 3, DialogsPerOperator = 5, MessagesPerDialog = 6 }),
            Throws.InstanceOf<JournalException>().With.Message.Contains("4 dialogs").And.Message.Contains("5 dialogs"));
    }

    // Everything a client can see: dialogs with their marks, and every history.
    private static async Task<string> PictureAsync(WorldFixture world, int operatorNumber)
    {
        var client = world.SignedIn(operatorNumber);
        var picture = new StringBuilder();
        var state = await client.CallAsync(new UpdatesGetState());
        var all = (MessagesDialogs)await client.CallAsync(Requests.Dialogs());
        picture.AppendLine($"pts {state.Pts}, self {world.World.Self(client.UserId).FirstName}");
        foreach (var dialog in all.Dialogs.Cast<Dialog>())
        {
            var marked = dialog.Peer switch
            {
                PeerUser user => user.UserId,
                PeerChat chat => PeerId.Chat(chat.ChatId).Marked,
                _ => PeerId.Channel(((PeerChannel)dialog.Peer).ChannelId).Marked,
            };
            picture.AppendLine($"{marked} {dialog.TopMessage} {dialog.ReadInboxMaxId} {dialog.ReadOutboxMaxId} {dialog.UnreadCount} {dialog.Pts}");
            foreach (var message in world.World.Messages(Phones.OfAccount(client.UserId), marked))
            {
                picture.AppendLine(message.ToString());
            }
        }

        return picture.ToString();
    }
}
