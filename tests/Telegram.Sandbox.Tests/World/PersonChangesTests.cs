using Telegram.Sandbox.Tests.Handlers;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.World;

/// <summary>The other side of a dialog edits and deletes what it wrote, as the control port lets it.</summary>
internal sealed class PersonChangesTests
{
    private const string Phone = "9996620001";
    private static readonly long Customer = Customers.IdOf(3);
    private WorldFixture _world = null!;

    private ISandboxWorld World => _world.World;

    [SetUp]
    public void Begin() => _world = new WorldFixture();

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Edit_OfACustomersMessage_ChangesItAndTellsEverySession()
    {
        var (one, other) = (_world.SignedIn(1), _world.SignedIn(1));
        var id = await WriteAsync("Where is it?");
        var before = await one.CallAsync(new UpdatesGetState());
        one.TakePushes();
        other.TakePushes();
        _world.Time.Advance(TimeSpan.FromMinutes(1));

        World.EditAsPerson("+" + Phone, Customer, id, "Where is {n}?");

        foreach (var session in new[] { one, other })
        {
            var update = (UpdateEditMessage)session.TakePushes().Single();
            var message = (Message)update.Message;
            Assert.That((update.Pts, update.PtsCount), Is.EqualTo((before.Pts + 1, 1)));
            Assert.That((message.Id, message.MessageValue, message.EditDate), Is.EqualTo((id, "Where is {n}?", message.Date + 60)));
        }

        Assert.That(World.Messages(Phone, Customer)[^1].Text, Is.EqualTo("Where is {n}?"));
    }

    [Test]
    public async Task Delete_OfACustomersMessage_RemovesItAndTellsEverySession()
    {
        var (one, other) = (_world.SignedIn(1), _world.SignedIn(1));
        var (first, second) = (await WriteAsync("first"), await WriteAsync("second"));
        var before = await one.CallAsync(new UpdatesGetState());
        one.TakePushes();
        other.TakePushes();

        World.DeleteAsPerson(Phone, Customer, first);

        foreach (var session in new[] { one, other })
        {
            var update = (UpdateDeleteMessages)session.TakePushes().Single();
            Assert.That((update.Pts, update.PtsCount), Is.EqualTo((before.Pts + 1, 1)));
            Assert.That(update.Messages, Is.EqualTo(new[] { first }));
        }

        Assert.That(World.Messages(Phone, Customer).Select(message => message.MessageId), Does.Contain(second).And.Not.Contain(first));
    }

    [Test]
    public async Task Changes_WhileNobodyListens_AreInTheDifference()
    {
        var client = _world.SignedIn(1);
        var (edited, deleted) = (await WriteAsync("before"), await WriteAsync("to be deleted"));
        var model = new BoxModel(1);
        await model.CatchUpAsync(client, 1);
        Assert.That(model.Messages, Has.Count.EqualTo(2));

        World.EditAsPerson(Phone, Customer, edited, "after");
        World.DeleteAsPerson(Phone, Customer, deleted);
        await model.CatchUpAsync(client, 1);

        Assert.That(model.Messages, Is.EqualTo(new Dictionary<int, string> { [edited] = "after" }));
        Assert.That(model.Pts, Is.EqualTo((await client.CallAsync(new UpdatesGetState())).Pts));
    }

    [Test]
    public async Task Changes_ByAnotherOperator_AreInTheBoxesOfBoth()
    {
        var author = _world.SignedIn(2);
        var (kept, gone) = (await WriteAsync("tpyo", author.UserId), await WriteAsync("psst", author.UserId));
        author.TakePushes();

        World.EditAsPerson(Phone, author.UserId, kept, "typo");
        World.DeleteAsPerson(Phone, author.UserId, gone);

        Assert.That(author.TakePushes().Select(update => update.GetType()), Is.EqualTo(new[] { typeof(UpdateEditMessage), typeof(UpdateDeleteMessages) }));
        Assert.That(World.Messages("9996620002", Population.OperatorId(1)).Single().Text, Is.EqualTo("typo"));
        Assert.That(World.Messages(Phone, author.UserId).Single().Text, Is.EqualTo("typo"));
    }

    [Test]
    public async Task Changes_AfterARestart_StayMade()
    {
        var (edited, deleted) = (await WriteAsync("before"), await WriteAsync("to be deleted"));
        var computed = World.Messages(Phone, Customer).First(message => !message.Out).MessageId;
        World.EditAsPerson(Phone, Customer, edited, "after");
        World.DeleteAsPerson(Phone, Customer, deleted);
        World.DeleteAsPerson(Phone, Customer, computed);
        var before = World.Messages(Phone, Customer);

        await using var again = await _world.RestartAsync();

        Assert.That(again.World.Messages(Phone, Customer), Is.EqualTo(before));
        Assert.That(before[^1].Text, Is.EqualTo("after"));
        Assert.That(before.Select(message => message.MessageId), Does.Not.Contain(deleted).And.Not.Contain(computed));
    }

    [Test]
    public async Task Changes_OfWhatIsNotTheirs_AreRefused()
    {
        var client = _world.SignedIn(1);
        await client.CallAsync(Requests.Send(WorldClient.Peer(await client.UserAsync(Customer)), "ours", 1));
        var history = World.Messages(Phone, Customer);
        var (ours, computed) = (history[^1].MessageId, history.First(message => !message.Out).MessageId);
        var elsewhere = await WriteAsync("elsewhere", Customers.IdOf(2));

        Assert.That(() => World.EditAsPerson(Phone, Customer, ours, "x"), Throws.ArgumentException.With.Message.Contains("somebody else"));
        Assert.That(() => World.DeleteAsPerson(Phone, Customer, ours), Throws.ArgumentException.With.Message.Contains("somebody else"));
        Assert.That(() => World.EditAsPerson(Phone, Customer, computed, "x"), Throws.ArgumentException.With.Message.Contains("too old"));
        foreach (var id in new[] { elsewhere, elsewhere + 1, 0, -1, int.MinValue, int.MaxValue })
        {
            Assert.That(() => World.EditAsPerson(Phone, Customer, id, "x"), Throws.InstanceOf<KeyNotFoundException>(), $"{id}");
            Assert.That(() => World.DeleteAsPerson(Phone, Customer, id), Throws.InstanceOf<KeyNotFoundException>(), $"{id}");
        }

        Assert.That(World.Messages(Phone, Customer), Is.EqualTo(history));
        Assert.That(World.Messages(Phone, Customers.IdOf(2))[^1].Text, Is.EqualTo("elsewhere"));
    }

    [Test]
    public async Task Changes_ThatCannotBe_AreRefused()
    {
        var id = await WriteAsync("text");

        Assert.That(() => World.EditAsPerson("123", Customer, id, "x"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => World.EditAsPerson(Phone, 17, id, "x"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => World.EditAsPerson(Phone, Population.OperatorId(1), id, "x"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => World.DeleteAsPerson("9996625555", Customer, id), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => World.DeleteAsPerson(Phone, 17, id), Throws.InstanceOf<KeyNotFoundException>());
        foreach (var text in new[] { "", " \n", new string('x', 4097), "\ud83d", "text" })
        {
            Assert.That(() => World.EditAsPerson(Phone, Customer, id, text), Throws.ArgumentException, text);
        }

        World.DeleteAsPerson(Phone, Customer, id);
        Assert.That(() => World.DeleteAsPerson(Phone, Customer, id), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => World.EditAsPerson(Phone, Customer, id, "x"), Throws.InstanceOf<KeyNotFoundException>());
    }

    [Test]
    public async Task Edit_AfterTwoDays_IsRefused()
    {
        var id = await WriteAsync("text");
        _world.Time.Advance(TimeSpan.FromHours(48));
        World.EditAsPerson(Phone, Customer, id, new string('x', 4096));
        _world.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(() => World.EditAsPerson(Phone, Customer, id, "y"), Throws.ArgumentException.With.Message.Contains("too old"));
    }

    private async Task<int> WriteAsync(string text, long? from = null) =>
        (await World.SendAsPersonAsync(Phone, from ?? Customer, text, 1, 0, CancellationToken.None)).LastMessageId;
}
