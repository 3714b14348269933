using Crm.Domain.Connections;

namespace Crm.Domain.Tests.Connections;

public sealed class PhoneTests
{
    [TestCase("9996620001", "9996620001")]
    [TestCase("+7 (999) 000-00-01", "79990000001")]
    [TestCase("  +1234567  ", "1234567")]
    [TestCase("123456789012345", "123456789012345")]
    public void TryParse_WhenItIsAPhone_KeepsItsDigits(string text, string digits)
    {
        Assert.That(Phone.TryParse(text, out var phone), Is.True);
        Assert.That(phone!.Digits, Is.EqualTo(digits));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("not a phone")]
    [TestCase("123456")]
    [TestCase("1234567890123456")]
    [TestCase("++1234567")]
    [TestCase("1234567+")]
    [TestCase("123.4567")]
    [TestCase("١٢٣٤٥٦٧")]
    [TestCase("(((((((((((((((((((((((((((((((((((((((((((((((((((((((((1234567)")]
    public void TryParse_WhenItIsNoPhone_Refuses(string? text) => Assert.That(Phone.TryParse(text, out _), Is.False);

    [Test]
    public void ToString_WhenItIsShown_HidesTheNumber()
    {
        Assert.That(Phone.TryParse("9996620001", out var phone), Is.True);
        Assert.That(phone!.ToString(), Is.EqualTo("…01"));
    }
}
