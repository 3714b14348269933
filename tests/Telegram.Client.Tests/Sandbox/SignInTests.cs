namespace Telegram.Client.Tests.Sandbox;

/// <summary>Every way into an account, and every way not to get in.</summary>
public sealed class SignInTests : SandboxFixture
{
    private const string WithPassword = "9996620002";

    private TelegramClient _client = null!;

    [SetUp]
    public void Open() => _client = base.Open();

    [TearDown]
    public async Task CloseAsync() => await _client.DisposeAsync();

    [Test]
    public async Task SignInAsync_WithAWrongCode_IsRefusedAndTheRightOneStillTaken()
    {
        var phone = NextPhone();
        var sent = await _client.SendCodeAsync(phone);

        Assert.That(
            () => _client.SignInAsync(phone, sent.PhoneCodeHash, "99999"),
            Throws.InstanceOf<RpcException>().With.Property("Type").EqualTo("PHONE_CODE_INVALID"));
        Assert.That(await _client.SignInAsync(phone, sent.PhoneCodeHash, CodeOf(phone)), Is.InstanceOf<SignInResult.Authorized>());
    }

    [Test]
    public async Task SignInAsync_WithAWithdrawnCode_SaysItExpired()
    {
        var phone = NextPhone();
        var sent = await _client.SendCodeAsync(phone);
        await _client.CancelCodeAsync(phone, sent.PhoneCodeHash);

        Assert.That(
            () => _client.SignInAsync(phone, sent.PhoneCodeHash, CodeOf(phone)),
            Throws.InstanceOf<RpcException>().With.Property("Type").EqualTo("PHONE_CODE_EXPIRED"));
    }

    [Test]
    public async Task SignInAsync_WithACodeSentTooLongAgo_SaysItExpired()
    {
        var phone = NextPhone();
        var sent = await _client.SendCodeAsync(phone);
        Control.ShiftClock(TimeSpan.FromMinutes(10));

        Assert.That(
            () => _client.SignInAsync(phone, sent.PhoneCodeHash, CodeOf(phone)),
            Throws.InstanceOf<RpcException>().With.Property("Type").EqualTo("PHONE_CODE_EXPIRED"));
    }

    [Test]
    public async Task CheckPasswordAsync_WhenWrongThenRight_SignsIn()
    {
        Assert.That(await SignInAsync(_client, WithPassword), Is.InstanceOf<SignInResult.PasswordRequired>());

        Assert.That(() => _client.CheckPasswordAsync("not it"), Throws.TypeOf<PasswordInvalidException>());
        var user = await _client.CheckPasswordAsync("sandbox");

        Assert.That((user.Phone, _client.UserId), Is.EqualTo((WithPassword, (long?)user.Id)));
    }

    [Test]
    public async Task SignInAsync_OfAPhoneNobodyHas_AsksForSignUp()
    {
        Assert.That(await SignInAsync(_client, "9996629999"), Is.InstanceOf<SignInResult.SignUpRequired>());
        Assert.That(_client.UserId, Is.Null);
    }

    [Test]
    public void SendCodeAsync_ToAnImpossiblePhone_IsRefused() =>
        Assert.That(
            () => _client.SendCodeAsync("12"), Throws.InstanceOf<RpcException>().With.Property("Type").EqualTo("PHONE_NUMBER_INVALID"));

    [Test]
    public async Task GetSelfAsync_BeforeSignIn_IsNobody() => Assert.That(await _client.GetSelfAsync(), Is.Null);
}
