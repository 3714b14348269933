using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>Signing in to Telegram, where it goes wrong.</summary>
[TestFixture]
internal sealed class SignInTests
{
    private LiveWorld _world = null!;
    private Operator _operator = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync();
        _operator = await Operator.RegisterAsync(_world, "anna");
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Auth_WhenThereWasNoPreauth_Is409() =>
        (await _operator.PostAsync(Routes.Auth, new JsonObject { ["flag"] = false }))
            .AssertRefused(HttpStatusCode.Conflict, "telegram.preauth_required");

    [Test]
    public async Task Auth_WhenNoCodeWasAskedFor_Is409()
    {
        await _operator.PrepareAsync(Operator.Phone(1));
        (await _operator.EnterCodeAsync(Operator.Code)).AssertRefused(HttpStatusCode.Conflict, "telegram.code_not_requested");
    }

    [Test]
    public async Task Auth_WhenFlagIsTrueWithoutCode_Is400()
    {
        await _operator.PrepareAsync(Operator.Phone(1));
        (await _operator.PostAsync(Routes.Auth, new JsonObject { ["flag"] = true }))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "code");
    }

    [Test]
    public async Task Auth_WhenCodeIsWrong_Is400AndTheRightOneStillWorks()
    {
        await _operator.PrepareAsync(Operator.Phone(1));
        await _operator.AskForCodeAsync();
        (await _operator.EnterCodeAsync("11111")).AssertRefused(HttpStatusCode.BadRequest, "telegram.code_invalid");
        Assert.That((string?)(await _operator.EnterCodeAsync(Operator.Code)).Ok()["status"], Is.EqualTo("authorized"));
    }

    [Test]
    public async Task Auth_WhenCodeHasExpired_Is400AndAnotherCanBeAskedFor()
    {
        await _operator.PrepareAsync(Operator.Phone(1));
        await _operator.AskForCodeAsync();
        _world.Sandbox.Control.RpcError("auth.signIn", 400, "PHONE_CODE_EXPIRED");
        (await _operator.EnterCodeAsync(Operator.Code)).AssertRefused(HttpStatusCode.BadRequest, "telegram.code_expired");

        Assert.That((string?)(await _operator.AskForCodeAsync())["status"], Is.EqualTo("code_required"));
        Assert.That((string?)(await _operator.EnterCodeAsync(Operator.Code)).Ok()["status"], Is.EqualTo("authorized"));
    }

    [Test]
    public async Task Auth_WhenCloudPasswordIsMissing_SaysSoUntilItComes()
    {
        await _operator.PrepareAsync(Operator.Phone(2));
        await _operator.AskForCodeAsync();
        Assert.That((string?)(await _operator.EnterCodeAsync(Operator.Code)).Ok()["status"], Is.EqualTo("password_required"));
        Assert.That((string?)(await _operator.PrepareAsync(Operator.Phone(2), Operator.CloudPassword))["status"], Is.EqualTo("authorized"));
    }

    [Test]
    public async Task Auth_WhenCloudPasswordIsWrong_Is400AndTheRightOneStillWorks()
    {
        await _operator.PrepareAsync(Operator.Phone(2), "wrong");
        await _operator.AskForCodeAsync();
        (await _operator.EnterCodeAsync(Operator.Code)).AssertRefused(HttpStatusCode.BadRequest, "telegram.password_invalid");
        Assert.That((string?)(await _operator.PrepareAsync(Operator.Phone(2), Operator.CloudPassword))["status"], Is.EqualTo("authorized"));
    }

    [Test]
    public async Task Auth_WhenTelegramKnowsNoSuchPhone_Is400()
    {
        await _operator.PrepareAsync("9996629999");
        await _operator.AskForCodeAsync();
        (await _operator.EnterCodeAsync(Operator.Code)).AssertRefused(HttpStatusCode.BadRequest, "telegram.sign_up_required");
    }

    [Test]
    public async Task Auth_WhenTelegramRefusesThePhone_Is400()
    {
        await _operator.PrepareAsync("12345678");
        (await _operator.PostAsync(Routes.Auth, new JsonObject { ["flag"] = false }))
            .AssertRefused(HttpStatusCode.BadRequest, "telegram.phone_invalid");
    }

    [TestCase("")]
    [TestCase("not a phone")]
    [TestCase("123")]
    [TestCase("1234567890123456")]
    public async Task Preauth_WhenPhoneCannotBeOne_Is400(string phone) =>
        (await _operator.PostAsync(Routes.Preauth, new JsonObject { ["phone"] = phone, ["password"] = "" }))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "phone");

    [Test]
    public async Task Auth_WhenTelegramAsksToWait_Is429()
    {
        await _operator.PrepareAsync(Operator.Phone(1));
        _world.Sandbox.Control.Flood("auth.sendCode", 77);
        var answer = await _operator.PostAsync(Routes.Auth, new JsonObject { ["flag"] = false });
        answer.AssertRefused(HttpStatusCode.TooManyRequests, "telegram.flood_wait");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(77)));
    }

    [TestCase(Routes.Load)]
    [TestCase(Routes.Handler)]
    [TestCase(Routes.Send)]
    [TestCase(Routes.LoadDialog)]
    public async Task Post_WhenNotSignedInToTelegram_Is409AndNothingIsStored(string route)
    {
        (await _operator.PostAsync(route, JsonNode.Parse(Routes.ValidBody(route))))
            .AssertRefused(HttpStatusCode.Conflict, "telegram.not_authorized");
        Assert.That(await _operator.MessagesAsync(), Is.Empty);
    }
}
