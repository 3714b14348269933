using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Infrastructure.Telegram;
using Telegram.Client;

namespace Crm.Infrastructure.Tests.Telegram;

public sealed class TelegramErrorMapTests
{
    [TestCase("PHONE_CODE_INVALID", "telegram.code_invalid", ErrorCategory.Validation)]
    [TestCase("PHONE_CODE_EXPIRED", "telegram.code_expired", ErrorCategory.Validation)]
    [TestCase("PHONE_NUMBER_INVALID", "telegram.phone_invalid", ErrorCategory.Validation)]
    [TestCase("PHONE_NUMBER_UNOCCUPIED", "telegram.sign_up_required", ErrorCategory.Validation)]
    [TestCase("PEER_ID_INVALID", "dialog.not_found", ErrorCategory.NotFound)]
    [TestCase("CHAT_WRITE_FORBIDDEN", "telegram.write_forbidden", ErrorCategory.Conflict)]
    [TestCase("PEER_FLOOD", "telegram.peer_flood", ErrorCategory.TooManyRequests)]
    [TestCase("RANDOM_ID_DUPLICATE", "telegram.random_id_duplicate", ErrorCategory.Conflict)]
    [TestCase("SOMETHING_NEW", "telegram.refused", ErrorCategory.BadGateway)]
    public void ToError_WhenTelegramRefuses_NamesTheReason(string type, string code, ErrorCategory category)
    {
        var error = TelegramErrorMap.ToError(new RpcException(400, type));

        Assert.Multiple(() =>
        {
            Assert.That(error.Code, Is.EqualTo(code));
            Assert.That(error.Category, Is.EqualTo(category));
        });
    }

    [TestCase(500)]
    [TestCase(-503)]
    public void ToError_WhenTelegramFails_IsNotTheCallersFault(int code) =>
        Assert.That(TelegramErrorMap.ToError(new RpcException(code, "INTERNAL")), Is.EqualTo(TelegramErrors.Failed));

    [Test]
    public void ToError_WhenFlooded_SaysHowLongToWait()
    {
        var error = TelegramErrorMap.ToError(new FloodWaitException(420, "FLOOD_WAIT", 31));

        Assert.Multiple(() =>
        {
            Assert.That(error.Code, Is.EqualTo("telegram.flood_wait"));
            Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(31)));
        });
    }

    [Test]
    public void ToError_WhenTelegramIsAway_SaysUnreachable() =>
        Assert.That(TelegramErrorMap.ToError(new TelegramConnectionException("away")), Is.EqualTo(TelegramErrors.Unreachable));

    [Test]
    public void ToError_WhenItIsABug_DoesNotHideIt() =>
        Assert.That(() => TelegramErrorMap.ToError(new InvalidOperationException()), Throws.ArgumentException);
}
