using System.Net;
using Crm.Domain.Access;

namespace Crm.Domain.Tests.Access;

public sealed class AddressRuleTests
{
    [TestCase("203.0.113.7", true)]
    [TestCase("203.0.113.0/24", true)]
    [TestCase("2001:db8::1", true)]
    [TestCase("2001:db8::/32", true)]
    [TestCase("203.0.113.7/33", false)]
    [TestCase("203.0.113.7/24", true)]
    [TestCase("example.com", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void IsValid_WhenGivenARule_TellsWhetherItIsOne(string? rule, bool expected) => Assert.That(AddressRule.IsValid(rule), Is.EqualTo(expected));

    [TestCase("203.0.113.7", "203.0.113.7", true)]
    [TestCase("203.0.113.7", "203.0.113.8", false)]
    [TestCase("203.0.113.7", "::ffff:203.0.113.7", true)]
    [TestCase("203.0.113.0/24", "::ffff:203.0.113.99", true)]
    [TestCase("203.0.113.0/24", "203.0.114.1", false)]
    [TestCase("2001:db8::/32", "2001:db8:1::1", true)]
    [TestCase("2001:db8::/32", "203.0.113.7", false)]
    [TestCase("::ffff:203.0.113.7", "203.0.113.7", true)]
    public void Allows_WhenACallerComes_FollowsTheRule(string rule, string caller, bool expected) =>
        Assert.That(AddressRule.Allows([rule], IPAddress.Parse(caller)), Is.EqualTo(expected));

    [Test]
    public void Allows_WhenThereIsNoRule_TakesEverybody() => Assert.That(AddressRule.Allows([], null), Is.True);

    [Test]
    public void Allows_WhenNobodyKnowsTheCaller_RefusesThem() => Assert.That(AddressRule.Allows(["0.0.0.0/0"], null), Is.False);
}
