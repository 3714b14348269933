using Crm.Domain.Accounts;

namespace Crm.Domain.Tests.Accounts;

public sealed class LoginTests
{
    [TestCase("bob")]
    [TestCase(" bob ")]
    [TestCase("иван@пример.рф")]
    [TestCase("🎉")]
    public void TryParse_WhenItIsText_KeepsItAsItWasWritten(string text)
    {
        Assert.That(Login.TryParse(text, out var login), Is.True);
        Assert.That(login!.Value, Is.EqualTo(text));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("   ")]
    [TestCase("a\0b")]
    [TestCase("a\nb")]
    public void TryParse_WhenItIsNoText_Refuses(string? text) => Assert.That(Login.TryParse(text, out _), Is.False);

    [Test]
    public void TryParse_WhenHalfASurrogatePairIsMissing_Refuses() => Assert.That(Login.TryParse($"a{'\uD83C'}", out _), Is.False);

    [Test]
    public void TryParse_WhenItIsLong_AcceptsTheLimitAndNoMore()
    {
        Assert.That(Login.TryParse(new string('x', Login.MaxLength), out _), Is.True);
        Assert.That(Login.TryParse(new string('x', Login.MaxLength + 1), out _), Is.False);
    }

    [TestCase("Bob", "bOB", true)]
    [TestCase("Иван", "иВАН", true)]
    [TestCase("bob", "bob ", false)]
    public void Key_WhenOnlyTheCaseDiffers_IsTheSame(string one, string another, bool same)
    {
        Assert.That(Login.TryParse(one, out var first), Is.True);
        Assert.That(Login.TryParse(another, out var second), Is.True);
        Assert.That(first!.Key == second!.Key, Is.EqualTo(same));
    }
}
