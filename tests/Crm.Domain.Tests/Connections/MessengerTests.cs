using Crm.Domain.Connections;

namespace Crm.Domain.Tests.Connections;

public sealed class MessengerTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase("telegram")]
    [TestCase("Telegram")]
    public void Parse_WhenItIsTelegramOrNothing_IsTelegram(string? name) =>
        Assert.That(Messenger.Parse(name).Value, Is.EqualTo(Messenger.Telegram));

    [TestCase("pigeon")]
    [TestCase(" ")]
    [TestCase("telegram ")]
    public void Parse_WhenItIsAnother_RefusesWithItsCode(string name) =>
        Assert.That(Messenger.Parse(name).Error!.Code, Is.EqualTo("messenger.unsupported"));
}
