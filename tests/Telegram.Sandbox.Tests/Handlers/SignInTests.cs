using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

internal sealed class SignInTests
{
    private const string Phone = "9996620001";
    private WorldFixture _world = null!;
    private WorldClient _client = null!;

    [SetUp]
    public void Begin()
    {
        _world = new WorldFixture();
        _client = _world.Connect();
    }

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [TestCase("9996620001")]
    [TestCase("+999 66 2 0001")]
    public async Task SignIn_WithTheRightCode_SignsTheOperatorIn(string phone)
    {
        var sent = (AuthSentCode)await _client.CallAsync(Requests.SendCode(phone));

        var signedIn = (AuthAuthorization)await _client.CallAsync(SignIn(sent, "22222", phone));

        Assert.That(sent.Type, Is.InstanceOf<AuthSentCodeTypeApp>());
        Assert.That(((AuthSentCodeTypeApp)sent.Type).Length, Is.EqualTo(5));
        Assert.That(sent.NextType, Is.InstanceOf<AuthCodeTypeSms>());
        Assert.That(((User)signedIn.User).Self, Is.True);
        Assert.That(((User)signedIn.User).Phone, Is.EqualTo(Phone));
        Assert.That(_client.UserId, Is.EqualTo(Population.OperatorId(1)));
    }

    [TestCase("not a phone", "400 PHONE_NUMBER_INVALID")]
    [TestCase("", "400 PHONE_NUMBER_INVALID")]
    [TestCase("999662", "400 PHONE_NUMBER_INVALID")]
    [TestCase("79001234567", "400 PHONE_NUMBER_INVALID")]
    [TestCase("9996610001", "303 PHONE_MIGRATE_1")]
    [TestCase("9996630077", "303 PHONE_MIGRATE_3")]
    public async Task SendCode_ForAPhoneThatIsNotServedHere_IsRefused(string phone, string error) =>
        Assert.That(await _client.RefusalAsync(Requests.SendCode(phone)), Is.EqualTo(error));

    [Test]
    public async Task SignIn_OnTheDataCentreOfThePhone_Works()
    {
        var client = _world.Connect(dc: 3);
        var sent = (AuthSentCode)await client.CallAsync(Requests.SendCode("9996630001"));

        await client.CallAsync(SignIn(sent, "33333", "9996630001"));

        Assert.That(_world.World.HomeDc(client.UserId), Is.EqualTo(3));
    }

    [Test]
    public async Task SendCode_WithABadApiHash_IsRefused()
    {
        var request = new AuthSendCode { PhoneNumber = Phone, ApiId = 1, ApiHash = "short", Settings = new CodeSettings() };

        Assert.That(await _client.RefusalAsync(request), Is.EqualTo("400 API_ID_INVALID"));
    }

    [Test]
    public async Task SignIn_WithAWrongOrNoCode_IsRefusedAndMayBeTriedAgain()
    {
        var sent = (AuthSentCode)await _client.CallAsync(Requests.SendCode(Phone));

        Assert.That(await _client.RefusalAsync(SignIn(sent, "11111")), Is.EqualTo("400 PHONE_CODE_INVALID"));
        Assert.That(await _client.RefusalAsync(SignIn(sent, "")), Is.EqualTo("400 PHONE_CODE_EMPTY"));
        Assert.That(await _client.RefusalAsync(SignIn(sent, "222222")), Is.EqualTo("400 PHONE_CODE_INVALID"));
        await _client.CallAsync(SignIn(sent, "22222"));
        Assert.That(await _client.RefusalAsync(SignIn(sent, "22222")), Is.EqualTo("400 PHONE_CODE_EXPIRED"), "a code works once");
    }

    [Test]
    public async Task SignIn_AfterTooManyWrongCodes_HasToWait()
    {
        var sent = (AuthSentCode)await _client.CallAsync(Requests.SendCode(Phone));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await _client.RefusalAsync(SignIn(sent, "00000"));
        }

        _world.Time.Advance(TimeSpan.FromSeconds(40));

        Assert.That(await _client.RefusalAsync(SignIn(sent, "22222")), Is.EqualTo("420 FLOOD_WAIT_260"));
    }

    [Test]
    public async Task SignIn_WithAnOldOrForeignHash_FindsTheCodeExpired()
    {
        var sent = (AuthSentCode)await _client.CallAsync(Requests.SendCode(Phone));
        var other = new AuthSignIn { PhoneNumber = "9996620003", PhoneCodeHash = sent.PhoneCodeHash, PhoneCode = "22222" };
        var empty = new AuthSignIn { PhoneNumber = Phone, PhoneCodeHash = "", PhoneCode = "22222" };

        Assert.That(await _client.RefusalAsync(other), Is.EqualTo("400 PHONE_CODE_EXPIRED"));
        Assert.That(await _client.RefusalAsync(empty), Is.EqualTo("400 PHONE_CODE_HASH_EMPTY"));
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await _client.RefusalAsync(SignIn(sent, "22222")), Is.EqualTo("400 PHONE_CODE_EXPIRED"));
    }

    [Test]
    public async Task ResendCode_GoesBySmsOnceAndThenNoFurther()
    {
        var sent = (AuthSentCode)await _client.CallAsync(Requests.SendCode(Phone));
        var resend = new AuthResendCode { PhoneNumber = Phone, PhoneCodeHash = sent.PhoneCodeHash };
        _world.Time.Advance(TimeSpan.FromMinutes(4));

        var resent = (AuthSentCode)await _client.CallAsync(resend);

        Assert.That(resent.Type, Is.InstanceOf<AuthSentCodeTypeSms>());
        Assert.That(resent.NextType, Is.Null);
        Assert.That(await _client.RefusalAsync(resend), Is.EqualTo("406 SEND_CODE_UNAVAILABLE"));
        _world.Time.Advance(TimeSpan.FromMinutes(4));
        await _client.CallAsync(SignIn(resent, "22222"));
    }

    [Test]
    public async Task CancelCode_MakesTheCodeUseless()
    {
        var sent = (AuthSentCode)await _client.CallAsync(Requests.SendCode(Phone));
        var cancel = new AuthCancelCode { PhoneNumber = Phone, PhoneCodeHash = sent.PhoneCodeHash };

        Assert.That(await _client.CallAsync(cancel), Is.True);

        Assert.That(await _client.RefusalAsync(SignIn(sent, "22222")), Is.EqualTo("400 PHONE_CODE_EXPIRED"));
        Assert.That(await _client.RefusalAsync(cancel), Is.EqualTo("400 PHONE_CODE_EXPIRED"));
    }

    [Test]
    public async Task SignIn_WithAPhoneNobodyHas_AsksToSignUpAndSigningUpMakesAnAccount()
    {
        const string phone = "9996627777";
        var sent = (AuthSentCode)await _client.CallAsync(Requests.SendCode(phone));
        var signUp = new AuthSignUp { PhoneNumber = phone, PhoneCodeHash = sent.PhoneCodeHash, FirstName = "Нина", LastName = "" };

        Assert.That(await _client.RefusalAsync(signUp), Is.EqualTo("400 PHONE_CODE_EXPIRED"), "not before the code");
        Assert.That(await _client.CallAsync(SignIn(sent, "22222", phone)), Is.InstanceOf<AuthAuthorizationSignUpRequired>());
        var signedUp = (AuthAuthorization)await _client.CallAsync(signUp);

        Assert.That(((User)signedUp.User).FirstName, Is.EqualTo("Нина"));
        var dialogs = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        Assert.That(dialogs.Dialogs, Is.Empty);
    }

    [Test]
    public async Task BeforeSignIn_ProbesAreAnsweredWithUnregistered()
    {
        Assert.That(await _client.RefusalAsync(new UsersGetUsers { Id = [new InputUserSelf()] }), Is.EqualTo("401 AUTH_KEY_UNREGISTERED"));
        Assert.That(await _client.RefusalAsync(new UpdatesGetState()), Is.EqualTo("401 AUTH_KEY_UNREGISTERED"));
        Assert.That(await _client.RefusalAsync(new AccountGetPassword()), Is.EqualTo("401 AUTH_KEY_UNREGISTERED"));
    }

    [Test]
    public async Task LogOut_EndsTheSession()
    {
        var client = _world.SignedIn(1);

        await client.CallAsync(new AuthLogOut());

        Assert.That(await client.RefusalAsync(new UpdatesGetState()), Is.EqualTo("401 AUTH_KEY_UNREGISTERED"));
    }

    [Test]
    public async Task ResetAuthorizations_EndsAllSessionsButThisOne()
    {
        var first = _world.SignedIn(1);
        var second = _world.SignedIn(1);
        var stranger = _world.SignedIn(3);

        await first.CallAsync(new AuthResetAuthorizations());

        Assert.That(await second.RefusalAsync(new UpdatesGetState()), Is.EqualTo("401 SESSION_REVOKED"));
        Assert.That((await first.CallAsync(new AccountGetAuthorizations())).Authorizations, Has.Length.EqualTo(1));
        await stranger.CallAsync(new UpdatesGetState());
    }

    private static AuthSignIn SignIn(AuthSentCode sent, string code, string phone = Phone) =>
        new() { PhoneNumber = phone, PhoneCodeHash = sent.PhoneCodeHash, PhoneCode = code };
}
