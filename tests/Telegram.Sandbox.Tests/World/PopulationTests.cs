using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Tests.World;

internal sealed class PopulationTests
{
    private readonly Population _people = new(operators: 7, customerCount: 300);

    [Test]
    public void All_ForEverybody_IsFoundByIdPhoneAndUsername()
    {
        foreach (var person in _people.All())
        {
            Assert.That(_people.Find(person.Id), Is.EqualTo(person));
            Assert.That(person.Phone.Length == 0 ? person : _people.FindByPhone(person.Phone), Is.EqualTo(person));
            Assert.That(person.Username is null ? person : _people.FindByUsername(person.Username.ToUpperInvariant()), Is.EqualTo(person));
        }
    }

    [Test]
    public void All_NamesEverybodyOnceAndVariously()
    {
        var all = _people.All().ToList();

        Assert.That(all.Select(person => person.Id), Is.Unique);
        Assert.That(all.Count(person => person.IsOperator), Is.EqualTo(9), "seven on data centre 2 and one on each other");
        Assert.That(all.Count(person => person.IsBot), Is.GreaterThan(5));
        Assert.That(all.Count(person => person.Username is null), Is.GreaterThan(20));
        Assert.That(all.Count(person => person.HidesPhone), Is.GreaterThan(20));
        Assert.That(all.Select(person => person.Speech).Distinct().Count(), Is.EqualTo(4));
        Assert.That(all.Exists(person => person.Id > int.MaxValue && !person.IsOperator), Is.True);
        Assert.That(all.Exists(person => person.Id < int.MaxValue), Is.True);
    }

    [Test]
    public void Find_ForWhoIsNotThere_FindsNobody()
    {
        Assert.That(_people.Find(0), Is.Null);
        Assert.That(_people.Find(long.MaxValue), Is.Null);
        Assert.That(_people.Find(Customers.IdOf(301)), Is.Null);
        Assert.That(_people.Find(Population.OperatorId(8)), Is.Null);
        Assert.That(_people.FindByPhone(Customers.PhoneOf(301)), Is.Null);
        Assert.That(_people.FindByUsername("anna_1000000"), Is.Null);
        Assert.That(_people.FindByUsername("operator99999999999"), Is.Null);
    }

    [Test]
    public void Put_WithAnotherUsername_FreesTheOldOne()
    {
        var before = _people.Find(Population.OperatorId(3))!;

        _people.Put(before with { Username = "chief" });

        Assert.That(_people.FindByUsername("CHIEF")?.Id, Is.EqualTo(before.Id));
        Assert.That(_people.FindByUsername(before.Username!), Is.Null);
        Assert.That(_people.All().Count(person => person.Id == before.Id), Is.EqualTo(1));
    }

    [TestCase("9996620001", 2, 5_000_020_001)]
    [TestCase("9996610001", 1, 5_000_010_001)]
    [TestCase("9996639999", 3, 5_000_039_999)]
    public void TryParse_ForAPhoneOfTheRightForm_TellsDataCentreAndUser(string phone, int dc, long userId)
    {
        Assert.That(Phones.TryParse(phone, out var foundDc, out var foundUser), Is.True);
        Assert.That((foundDc, foundUser), Is.EqualTo((dc, userId)));
        Assert.That(Phones.OfAccount(userId), Is.EqualTo(phone));
        Assert.That(Phones.DcOf(userId), Is.EqualTo(dc));
    }

    [TestCase("")]
    [TestCase("9996640001")]
    [TestCase("999662000")]
    [TestCase("99966200012")]
    [TestCase("79001234567")]
    public void TryParse_ForAnyOtherPhone_Refuses(string phone) =>
        Assert.That(Phones.TryParse(phone, out _, out _), Is.False);

    [TestCase("+999 66 (2) 00-01", "9996620001")]
    [TestCase("not a phone", null)]
    [TestCase("９996620001", null)]
    public void Normalize_KeepsDigitsAndRefusesLetters(string phone, string? expected) =>
        Assert.That(Phones.Normalize(phone), Is.EqualTo(expected));
}
