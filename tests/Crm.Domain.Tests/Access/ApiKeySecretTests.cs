using Crm.Domain.Access;

namespace Crm.Domain.Tests.Access;

public sealed class ApiKeySecretTests
{
    [Test]
    public void New_WhenCalled_MakesAKeyThatIsFoundByItsHash()
    {
        var key = ApiKeySecret.New();

        var again = new string(key.AsSpan());
        Assert.That(ApiKeySecret.IsMeant(key), Is.True);
        Assert.That(ApiKeySecret.Hash(key), Is.EqualTo(ApiKeySecret.Hash(again)));
        Assert.That(ApiKeySecret.Hash(key), Has.Length.EqualTo(32));
        Assert.That(key, Does.StartWith(ApiKeySecret.Hint(key)));
        Assert.That(ApiKeySecret.Hint(key), Has.Length.LessThan(key.Length / 3));
        Assert.That(ApiKeySecret.Hash(ApiKeySecret.New()), Is.Not.EqualTo(ApiKeySecret.Hash(key)));
    }

    [TestCase("")]
    [TestCase("crmkey_")]
    [TestCase("crmkey_short")]
    public void Hash_WhenItCanBeNoKey_IsNull(string text) => Assert.That(ApiKeySecret.Hash(text), Is.Null);

    [Test]
    public void Hash_WhenItIsTooLong_IsNull() => Assert.That(ApiKeySecret.Hash(ApiKeySecret.New() + "x"), Is.Null);
}
