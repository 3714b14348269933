using System.Text;
using Telegram.Mtproto;
using Telegram.Mtproto.Crypto;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Scripted;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClientSignInTests : IDisposable
{
    private const string Phone = "9996620001";

    private readonly ScriptedNetwork _network = new(2);

    private ScriptedServer Server => _network[2];

    [TearDown]
    public void Dispose() => _network.Dispose();

    [Test]
    public async Task SendCodeAsync_WhenACodeIsSent_SaysHowAndWhatNext()
    {
        await using var client = Client(function => function is AuthSendCode
            ? Api.Bytes(new AuthSentCode
            {
                Type = new AuthSentCodeTypeApp { Length = 5 },
                PhoneCodeHash = "hash",
                NextType = new AuthCodeTypeSms(),
                Timeout = 60,
            })
            : null);

        var code = await client.SendCodeAsync(Phone);

        Assert.That(code, Is.EqualTo(new SentCode("hash", CodeDelivery.App, 5, CodeDelivery.Sms, TimeSpan.FromSeconds(60))));
        Assert.That(code.ToString(), Does.Not.Contain("hash"));
        var call = Server.Calls.OfType<AuthSendCode>().Single();
        Assert.That((call.PhoneNumber, call.ApiId, call.ApiHash), Is.EqualTo((Phone, 4, "0123456789abcdef0123456789abcdef")));
    }

    [Test]
    public async Task SendCodeAsync_WhenNoneIsNeeded_IsSignedIn()
    {
        await using var client = Client(function => function is AuthSendCode
            ? Api.Bytes(new AuthSentCodeSuccess { Authorization = Api.Authorization() })
            : null);

        var code = await client.SendCodeAsync(Phone);

        Assert.That(code.AlreadySignedIn!.Id, Is.EqualTo(Api.Self));
        Assert.That(client.UserId, Is.EqualTo(Api.Self));
    }

    [Test]
    public async Task SendCodeAsync_WhenToldToRestart_AsksOnceMore()
    {
        var calls = 0;
        await using var client = Client(function => function is AuthSendCode && calls++ == 0
            ? throw new RpcException(500, "AUTH_RESTART")
            : Api.Bytes(new AuthSentCode { Type = new AuthSentCodeTypeSms { Length = 5 }, PhoneCodeHash = "hash" }));

        Assert.That((await client.SendCodeAsync(Phone)).Delivery, Is.EqualTo(CodeDelivery.Sms));
    }

    [Test]
    public async Task ResendAndCancelCodeAsync_WhenCalled_NameTheCode()
    {
        await using var client = Client(function => function switch
        {
            AuthResendCode => Api.Bytes(new AuthSentCode { Type = new AuthSentCodeTypeCall { Length = 5 }, PhoneCodeHash = "other" }),
            AuthCancelCode cancel => TlSerializer.ResultToBytes(cancel, true),
            _ => null,
        });

        Assert.That((await client.ResendCodeAsync(Phone, "hash")).Delivery, Is.EqualTo(CodeDelivery.Call));
        Assert.That(await client.CancelCodeAsync(Phone, "other"), Is.True);
    }

    [Test]
    public async Task SignInAsync_WhenTheCodeIsRight_StoresTheUserBeforeItReturns()
    {
        await using var client = Client(function => function is AuthSignIn { PhoneCode: "22222", PhoneCodeHash: "hash" }
            ? Api.Bytes(Api.Authorization())
            : null);

        var result = await client.SignInAsync(Phone, "hash", "22222");

        Assert.That(result, Is.TypeOf<SignInResult.Authorized>().With.Property("User").Property("Id").EqualTo(Api.Self));
        Assert.That(_network.Saved[^1].UserId, Is.EqualTo(Api.Self));
        Assert.That(_network.Saved[^1].KeyOf(2)!.SignedIn, Is.True);
    }

    [Test]
    public async Task SignInAsync_WhenTheUserCannotBeStored_FailsWithThatError()
    {
        await using var client = Client(
            function => function is AuthSignIn ? Api.Bytes(Api.Authorization()) : null,
            options => options with { SaveSession = (session, _) => session.IsSignedIn ? throw new IOException("full") : ValueTask.CompletedTask });

        Assert.That(() => client.SignInAsync(Phone, "hash", "22222"), Throws.TypeOf<IOException>());
        Assert.That(client.UserId, Is.Null);
        Assert.That(() => client.GetSelfAsync(), Throws.TypeOf<IOException>(), "the authorization is there; storing it is tried again");
    }

    [Test]
    public async Task SignInAsync_WhenAPasswordIsNeeded_SaysSo()
    {
        await using var client = Client(function => function is AuthSignIn ? throw new RpcException(401, "SESSION_PASSWORD_NEEDED") : null);

        Assert.That(await client.SignInAsync(Phone, "hash", "22222"), Is.TypeOf<SignInResult.PasswordRequired>());
        Assert.That(client.UserId, Is.Null);
    }

    [Test]
    public async Task SignInAsync_WhenThePhoneHasNoAccount_SaysSo()
    {
        await using var client = Client(function => function is AuthSignIn ? Api.Bytes(new AuthAuthorizationSignUpRequired()) : null);

        Assert.That(await client.SignInAsync(Phone, "hash", "22222"), Is.TypeOf<SignInResult.SignUpRequired>());
    }

    [TestCase("PHONE_CODE_INVALID")]
    [TestCase("PHONE_CODE_EXPIRED")]
    public async Task SignInAsync_WhenTheCodeIsWrong_Throws(string type)
    {
        await using var client = Client(function => function is AuthSignIn ? throw new RpcException(400, type) : null);

        Assert.That(() => client.SignInAsync(Phone, "hash", "1"), Throws.TypeOf<RpcException>().With.Property("Type").EqualTo(type));
    }

    [Test]
    public async Task CheckPasswordAsync_WhenRight_SignsIn()
    {
        var account = new PasswordAccount("sandbox");
        await using var client = Client(account.Handle);

        Assert.That((await client.CheckPasswordAsync("sandbox")).Id, Is.EqualTo(Api.Self));
        Assert.That(_network.Saved[^1].UserId, Is.EqualTo(Api.Self));
    }

    [Test]
    public async Task CheckPasswordAsync_WhenWrong_Throws()
    {
        await using var client = Client(new PasswordAccount("sandbox").Handle);

        Assert.That(() => client.CheckPasswordAsync("sandbax"), Throws.TypeOf<PasswordInvalidException>());
        Assert.That(client.UserId, Is.Null);
    }

    [TestCase(1, true)]
    [TestCase(2, false)]
    public async Task CheckPasswordAsync_WhenTheParametersWereReplaced_TriesOnceMore(int replacements, bool succeeds)
    {
        var account = new PasswordAccount("sandbox") { Replacements = replacements };
        await using var client = Client(account.Handle);
        var checking = client.CheckPasswordAsync("sandbox");

        await Eventually.TrueAsync(() => checking.IsCompleted, "it ends");

        Assert.That(checking.IsCompletedSuccessfully, Is.EqualTo(succeeds));
        Assert.That(checking.Exception?.InnerException, succeeds ? Is.Null : Is.TypeOf<RpcException>());
    }

    [Test]
    public async Task CheckPasswordAsync_WhenTheServersGroupIsUnsafe_SendsNothing()
    {
        var account = new PasswordAccount("sandbox") { IsUnsafe = true };
        await using var client = Client(account.Handle);

        Assert.That(() => client.CheckPasswordAsync("sandbox"), Throws.TypeOf<TelegramConnectionException>().With.InnerException.TypeOf<SrpException>());
        Assert.That(Server.Calls.OfType<AuthCheckPassword>(), Is.Empty);
    }

    private TelegramClient Client(Func<ITlFunction, byte[]?> handle, Func<TelegramClientOptions, TelegramClientOptions>? with = null)
    {
        Server.Handle = function => handle(function) ?? Api.Default(function);
        return _network.Client(with: with);
    }

    /// <summary>Checks a cloud password as Telegram does.</summary>
    private sealed class PasswordAccount
    {
        private readonly SrpParameters _parameters = new(new byte[8], new byte[16], 3, DhParameters.KnownPrime.ToArray());
        private readonly SrpServer _srp;

        public PasswordAccount(string password)
        {
            var verifier = Srp.CreateVerifier(_parameters, Encoding.UTF8.GetBytes(password), CryptographicRandomSource.Instance);
            _srp = new SrpServer(_parameters, verifier, CryptographicRandomSource.Instance);
        }

        public int Replacements { get; set; }

        public bool IsUnsafe { get; init; }

        public byte[]? Handle(ITlFunction function) => function switch
        {
            AccountGetPassword => Api.Bytes(Parameters()),
            AuthCheckPassword { Password: InputCheckPasswordSRP proof } => Check(proof),
            _ => null,
        };

        private byte[] Check(InputCheckPasswordSRP proof)
        {
            if (Replacements-- > 0)
            {
                throw new RpcException(400, "SRP_ID_INVALID");
            }

            return proof.SrpId == 77 && _srp.Verify(proof.A, proof.M1)
                ? Api.Bytes(Api.Authorization())
                : throw new RpcException(400, "PASSWORD_HASH_INVALID");
        }

        private AccountPassword Parameters() => new()
        {
            HasPassword = true,
            CurrentAlgo = new PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow
            {
                Salt1 = _parameters.Salt1.ToArray(),
                Salt2 = _parameters.Salt2.ToArray(),
                G = IsUnsafe ? 1 : _parameters.Generator,
                P = _parameters.Prime.ToArray(),
            },
            SrpB = _srp.PublicValue.ToArray(),
            SrpId = 77,
            NewAlgo = new PasswordKdfAlgoUnknown(),
            NewSecureAlgo = new SecurePasswordKdfAlgoUnknown(),
            SecureRandom = [],
        };
    }
}
