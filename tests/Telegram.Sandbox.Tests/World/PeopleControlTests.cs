using Telegram.Sandbox.Tests.Handlers;
using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Tests.World;

internal sealed class PeopleControlTests
{
    private const string Phone = "9996620001";
    private readonly long _customer = Customers.IdOf(3);
    private WorldFixture _world = null!;

    [SetUp]
    public void Begin() => _world = new WorldFixture();

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Send_ManyMessages_NumbersThemAndTellsTheLastId()
    {
        var sent = await _world.World.SendAsPersonAsync("+" + Phone, _customer, "№{n} of {n}", 500, 0, CancellationToken.None);

        var added = _world.World.Messages(Phone, _customer).TakeLast(500).ToList();
        Assert.That(added.Select(message => message.Text), Is.EqualTo(Enumerable.Range(1, 500).Select(number => $"№{number} of {number}")));
        Assert.That((sent.Sent, sent.LastMessageId), Is.EqualTo((500, added[^1].MessageId)));
        Assert.That(added.Exists(message => message.Out), Is.False);
    }

    [Test]
    public void Send_AtARate_WaitsForTheClock()
    {
        var sending = _world.World.SendAsPersonAsync(Phone, _customer, "x", 5, 2, CancellationToken.None);
        var counts = new List<int>();
        for (var step = 0; step < 5; step++)
        {
            counts.Add(_world.World.Messages(Phone, _customer).Count - 20);
            _world.Time.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.That(counts, Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That(sending.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void Send_WhenCancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        var sending = _world.World.SendAsPersonAsync(Phone, _customer, "x", 5, 1, cancellation.Token);

        cancellation.Cancel();

        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Send_WithWhatCannotBe_IsRefused()
    {
        Assert.That(() => Send("123", _customer, "x"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => Send(Phone, 17, "x"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => Send(Phone, Population.OperatorId(1), "x"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => Send(Phone, _customer, " "), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Send(Phone, _customer, new string('x', 4097)), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Send(Phone, _customer, "\ud83d"), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Send(Phone, _customer, "x", count: 0), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Send(Phone, _customer, "x", perSecond: -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Send(Phone, _customer, "x", perSecond: double.NaN), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public async Task Send_FromAnOperator_IsInTheSendersDialogToo()
    {
        await _world.World.SendAsPersonAsync(Phone, Population.OperatorId(2), "psst", 1, 0, CancellationToken.None);

        Assert.That(_world.World.Messages("9996620002", Population.OperatorId(1)).Single().Out, Is.True);
        Assert.That(_world.World.Messages(Phone, Population.OperatorId(2)).Single().Out, Is.False);
    }

    [Test]
    public void Messages_OfNobody_IsRefused()
    {
        Assert.That(() => _world.World.Messages("9996625555", _customer), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => _world.World.Messages(Phone, 17), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(_world.World.Messages(Phone, Population.OperatorId(3)), Is.Empty);
    }

    [Test]
    public void People_AreOperatorsAndCustomers()
    {
        var people = _world.World.People();

        Assert.That(people.Count(person => person.Operator), Is.EqualTo(5));
        Assert.That(people.Count(person => !person.Operator), Is.EqualTo(12));
        Assert.That(people.Select(person => _world.World.FindUserByPhone(person.Phone)).OfType<long>().Count(), Is.GreaterThan(14));
    }

    private Task<SentMessages> Send(string phone, long from, string text, int count = 1, double perSecond = 0) =>
        _world.World.SendAsPersonAsync(phone, from, text, count, perSecond, CancellationToken.None);
}
