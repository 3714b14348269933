using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session;

[TestFixture]
internal sealed class ServerSaltsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly ServerSalts _salts = new(7, Start, new SeededRandomSource(1));

    [Test]
    public void Current_WhenTimeGoesOn_ChangesEveryHalfHour()
    {
        var salts = new ServerSalts(7, Start, new SeededRandomSource(1));
        Assert.That(salts.Current(Start), Is.EqualTo(7));
        Assert.That(salts.Current(Start.AddMinutes(29)), Is.EqualTo(7));
        var next = salts.Current(Start.AddMinutes(30));
        Assert.That(next, Is.Not.EqualTo(7));
        Assert.That(salts.IsValid(7, Start.AddMinutes(59)), Is.True);
        Assert.That(salts.IsValid(7, Start.AddMinutes(60)), Is.False);
        Assert.That(salts.IsValid(next, Start.AddMinutes(89)), Is.True);
    }

    [Test]
    public void Future_WhenAsked_GivesWhatCurrentWillGive()
    {
        var salts = new ServerSalts(7, Start, new SeededRandomSource(2));
        var future = salts.Future(10, Start);
        Assert.That(future[0].Value, Is.EqualTo(7));
        foreach (var salt in future)
        {
            Assert.That(salts.Current(salt.ValidSince), Is.EqualTo(salt.Value));
        }
    }

    [Test]
    public void IsValid_WhenTheSaltIsYetToCome_AllowsALittleHaste()
    {
        var salts = new ServerSalts(7, Start, new SeededRandomSource(3));
        var next = salts.Future(2, Start)[1];
        Assert.That(salts.IsValid(next.Value, next.ValidSince.AddSeconds(-29)), Is.True);
        Assert.That(salts.IsValid(next.Value, next.ValidSince.AddSeconds(-31)), Is.False);
    }

    [Test]
    public void Rotate_WhenCalled_RefusesAllBefore()
    {
        var salts = new ServerSalts(7, Start, new SeededRandomSource(4));
        var next = salts.Future(2, Start)[1];
        salts.Rotate(Start);
        Assert.That(salts.IsValid(7, Start), Is.False);
        Assert.That(salts.IsValid(next.Value, next.ValidSince), Is.False);
        Assert.That(salts.IsValid(salts.Current(Start), Start), Is.True);
    }

    [Test]
    public void Current_WhenYearsHavePassed_IsThereAtOnce()
    {
        Assert.That(_salts.IsValid(_salts.Current(Start.AddYears(3)), Start.AddYears(3)), Is.True);
        Assert.That(_salts.Future(1000, Start.AddYears(3)), Has.Count.EqualTo(64));
    }
}
