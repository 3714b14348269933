using Crm.Api.TelegramSend;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Crm.Api.Tests.TelegramSend;

[TestFixture]
internal sealed class IdempotencyKeyTests
{
    [Test]
    public void Read_WhenHeaderIsMissing_IsNull()
    {
        var key = IdempotencyKey.Read(new HeaderDictionary());
        Assert.That(key.IsSuccess && key.Value is null, Is.True);
    }

    [TestCase("a")]
    [TestCase("!0123456789~")]
    public void Read_WhenKeyIsVisible_IsTheKey(string text) => Assert.That(Read(text).Value, Is.EqualTo(text));

    [Test]
    public void Read_WhenKeyIsAsLongAsAllowed_IsTheKey() => Assert.That(Read(new string('k', 255)).IsSuccess, Is.True);

    [TestCase("")]
    [TestCase(" a")]
    [TestCase("a\u007F")]
    [TestCase("a\u0000")]
    public void Read_WhenKeyIsEmptyOrNotVisible_IsRefused(string text) =>
        Assert.That(Read(text).Error?.Fields, Contains.Key("Idempotency-Key"));

    [Test]
    public void Read_WhenThereAreTwoKeys_IsRefused() => Assert.That(Read("a", "b").IsSuccess, Is.False);

    private static Crm.Domain.Result<string?> Read(params string[] values) =>
        IdempotencyKey.Read(new HeaderDictionary { ["Idempotency-Key"] = new StringValues(values) });
}
