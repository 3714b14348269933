using System.Text;
using Telegram.Mtproto.Crypto;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

internal sealed class PasswordTests
{
    private const string Phone = "9996620002";
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

    [Test]
    public async Task CheckPassword_WithTheRightPassword_SignsIn()
    {
        await NeedPasswordAsync(_client);
        var password = await _client.CallAsync(new AccountGetPassword());

        var signedIn = (AuthAuthorization)await _client.CallAsync(Prove(password, "sandbox"));

        Assert.That(password.Hint, Is.Not.Empty);
        Assert.That(((User)signedIn.User).Id, Is.EqualTo(Population.OperatorId(2)));
        await _client.CallAsync(new UpdatesGetState());
    }

    [Test]
    public async Task CheckPassword_WithAWrongPassword_IsRefusedAndNeedsAnotherChallenge()
    {
        await NeedPasswordAsync(_client);
        var first = await _client.CallAsync(new AccountGetPassword());

        Assert.That(await _client.RefusalAsync(Prove(first, "Sandbox")), Is.EqualTo("400 PASSWORD_HASH_INVALID"));
        Assert.That(await _client.RefusalAsync(Prove(first, "sandbox")), Is.EqualTo("400 SRP_ID_INVALID"));
        Assert.That(
            await _client.RefusalAsync(new AuthCheckPassword { Password = new InputCheckPasswordEmpty() }),
            Is.EqualTo("400 PASSWORD_HASH_INVALID"));
        Assert.That(await _client.RefusalAsync(new UpdatesGetState()), Is.EqualTo("401 AUTH_KEY_UNREGISTERED"));
        await _client.CallAsync(Prove(await _client.CallAsync(new AccountGetPassword()), "sandbox"));
    }

    [Test]
    public async Task CheckPassword_WithoutACodeBefore_IsRefused()
    {
        await NeedPasswordAsync(_client);
        var password = await _client.CallAsync(new AccountGetPassword());

        Assert.That(await _world.Connect().RefusalAsync(Prove(password, "sandbox")), Is.EqualTo("401 AUTH_KEY_UNREGISTERED"));
    }

    [Test]
    public async Task CheckPassword_AfterARestart_IsStillAwaited()
    {
        await NeedPasswordAsync(_client);
        await using var restarted = await _world.RestartAsync();
        var client = restarted.Connect();

        var password = await client.CallAsync(new AccountGetPassword());
        await client.CallAsync(Prove(password, "sandbox"));

        Assert.That(client.UserId, Is.EqualTo(Population.OperatorId(2)), "both are the first client of their process, with the same key");
    }

    [Test]
    public async Task GetPassword_OfAnAccountWithoutOne_SaysSo()
    {
        var password = await _world.SignedIn(1).CallAsync(new AccountGetPassword());

        Assert.That(password.HasPassword, Is.False);
        Assert.That(password.SrpB, Is.Null);
    }

    private static async Task NeedPasswordAsync(WorldClient client)
    {
        var sent = (AuthSentCode)await client.CallAsync(Requests.SendCode(Phone));
        var signIn = new AuthSignIn { PhoneNumber = Phone, PhoneCodeHash = sent.PhoneCodeHash, PhoneCode = "22222" };
        Assert.That(await client.RefusalAsync(signIn), Is.EqualTo("401 SESSION_PASSWORD_NEEDED"));
    }

    private static AuthCheckPassword Prove(AccountPassword password, string text)
    {
        var algorithm = (PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow)password.CurrentAlgo!;
        var parameters = new SrpParameters(algorithm.Salt1, algorithm.Salt2, algorithm.G, algorithm.P);
        var proof = Srp.CreateProof(parameters, password.SrpB, Encoding.UTF8.GetBytes(text), new CountingRandom());
        return new AuthCheckPassword { Password = new InputCheckPasswordSRP { SrpId = password.SrpId!.Value, A = proof.A, M1 = proof.M1 } };
    }
}
