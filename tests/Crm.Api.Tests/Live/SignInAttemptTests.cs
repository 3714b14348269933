using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>A sign-in that is under way: what is told of it, how often it may be tried, and what a restart leaves of it.</summary>
[TestFixture]
internal sealed class SignInAttemptTests
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
    public async Task Auth_WhenTheApiRestartsBeforeTheCode_GoesOnWithTheCodeThatWasSent()
    {
        await _operator.PrepareAsync(Operator.Phone(1));
        var asked = await _operator.AskForCodeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ((string?)asked["code_type"], (int)asked["code_length"]!, (string?)asked["next_type"], (int)asked["tries_left"]!),
                Is.EqualTo(("app", 5, "sms", 5)));
            Assert.That((int)asked["timeout"]!, Is.InRange(50, 60));
        }

        await _world.RestartApiAsync();
        var still = await _operator.AskForCodeAsync();
        Assert.That(((string?)still["status"], (string?)still["code_type"]), Is.EqualTo(("code_required", "app")));
        Assert.That((string?)(await _operator.EnterCodeAsync(Operator.Code)).Ok()["status"], Is.EqualTo("authorized"));
        Assert.That(Calls("auth.sendCode"), Is.EqualTo(1));
    }

    [Test]
    public async Task Auth_WhenTheApiRestartsBeforeTheCloudPassword_SaysThatPreauthBringsIt()
    {
        await _operator.PrepareAsync(Operator.Phone(2));
        await _operator.AskForCodeAsync();
        Assert.That((string?)(await _operator.EnterCodeAsync(Operator.Code)).Ok()["status"], Is.EqualTo("password_required"));

        await _world.RestartApiAsync();
        Assert.That((string?)(await _operator.AskForCodeAsync())["status"], Is.EqualTo("password_required"));
        var refused = await _operator.EnterCodeAsync(Operator.Code);
        refused.AssertRefused(HttpStatusCode.Conflict, "telegram.password_required");
        Assert.That((string?)refused.Json["title"], Does.Contain("telegram_preauth"));

        Assert.That((string?)(await _operator.PrepareAsync(Operator.Phone(2), Operator.CloudPassword))["status"], Is.EqualTo("authorized"));
        Assert.That(Calls("auth.sendCode"), Is.EqualTo(1));
    }

    [Test]
    public async Task Auth_WhenWrongCodesUseUpTheTries_WantsAnotherCodeAlsoOverARestart()
    {
        await _operator.PrepareAsync(Operator.Phone(1));
        await _operator.AskForCodeAsync();
        for (var left = 4; left > 0; left--)
        {
            var wrong = await _operator.EnterCodeAsync("11111");
            wrong.AssertRefused(HttpStatusCode.BadRequest, "telegram.code_invalid");
            Assert.That((int)wrong.Json["tries_left"]!, Is.EqualTo(left));
            if (left == 3)
            {
                await _world.RestartApiAsync();
                Assert.That((int)(await _operator.AskForCodeAsync())["tries_left"]!, Is.EqualTo(3));
            }
        }

        var last = await _operator.EnterCodeAsync("11111");
        last.AssertRefused(HttpStatusCode.Conflict, "telegram.code_tries_exhausted");
        Assert.That((int)last.Json["tries_left"]!, Is.Zero);
        (await _operator.EnterCodeAsync(Operator.Code)).AssertRefused(HttpStatusCode.Conflict, "telegram.code_not_requested");

        Assert.That((int)(await _operator.AskForCodeAsync())["tries_left"]!, Is.EqualTo(5));
        (await _operator.EnterCodeAsync(Operator.Code)).Ok();
    }

    [Test]
    public async Task Auth_WhenResentBeforeItsTime_Is429AndTelegramIsNotAsked()
    {
        await _operator.PrepareAsync(Operator.Phone(1));
        await _operator.AskForCodeAsync();
        var early = await _operator.PostAsync(Routes.Auth, new JsonObject { ["flag"] = false, ["resend"] = true });
        early.AssertRefused(HttpStatusCode.TooManyRequests, "telegram.resend_too_early");
        Assert.That(early.Headers.RetryAfter?.Delta?.TotalSeconds, Is.InRange(50, 60));
        Assert.That((Calls("auth.resendCode"), Calls("auth.sendCode")), Is.EqualTo((0, 1)));
        (await _operator.EnterCodeAsync(Operator.Code)).Ok();
    }

    private long Calls(string method) => _world.Sandbox.Control.Stats().Rpcs.GetValueOrDefault(method);
}
