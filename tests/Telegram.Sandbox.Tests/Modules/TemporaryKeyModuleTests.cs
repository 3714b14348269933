using Telegram.Sandbox.Tests.Support;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Modules;

[TestFixture]
public sealed class TemporaryKeyModuleTests
{
    private RunningSandbox _sandbox = null!;
    private RawClient _permanent = null!;
    private RawClient _temporary = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _permanent = await _sandbox.ConnectAsync();
        _temporary = await _sandbox.ConnectAsync(expiresIn: TimeSpan.FromHours(1));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _permanent.DisposeAsync();
        await _temporary.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Test]
    public async Task Bind_WhenProven_MakesTheTemporaryKeyStandForThePermanentOne()
    {
        Assert.That(await BindAsync(), Is.True);
        await _temporary.CallAsync(new AuthCancelCode { PhoneNumber = "", PhoneCodeHash = "" });

        var bound = _sandbox.World.Services.Authorizations.List(FakeWorld.UserId).Single();
        Assert.That(bound.AuthKeyId, Is.EqualTo(_permanent.Key.Id));
        _sandbox.World.Services.Updates.Publish(FakeWorld.UserId, new UpdateShort { Date = 1, Update = new UpdateConfig() });
        await _temporary.WaitForAsync(one => one.ConstructorId == UpdateShort.Id);
    }

    [Test]
    public async Task Call_BeforeBinding_IsRefused()
    {
        var failure = await FailureAsync(() => _temporary.CallAsync(new AuthCancelCode { PhoneNumber = "", PhoneCodeHash = "" }));

        Assert.That(failure, Is.EqualTo("401 AUTH_KEY_PERM_EMPTY"));
        Assert.That((await _temporary.CallAsync(new HelpGetNearestDc())).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task Bind_WithAnotherSession_IsRefused() =>
        Assert.That(await FailureAsync(() => BindAsync(session: 5)), Is.EqualTo("400 ENCRYPTED_MESSAGE_INVALID"));

    [Test]
    public async Task Bind_WithAKeyThatIsNotThere_IsRefused() =>
        Assert.That(await FailureAsync(() => BindAsync(permanentId: 5)), Is.EqualTo("400 ENCRYPTED_MESSAGE_INVALID"));

    [Test]
    public async Task Bind_ThatHasExpired_IsRefused() =>
        Assert.That(await FailureAsync(() => BindAsync(expires: TimeSpan.FromSeconds(-1))), Is.EqualTo("400 EXPIRES_AT_INVALID"));

    [Test]
    public async Task Bind_OfAPermanentKey_IsRefused() =>
        Assert.That(await FailureAsync(() => BindAsync(client: _permanent)), Is.EqualTo("400 TEMP_AUTH_KEY_EMPTY"));

    [Test]
    public async Task Key_WhenExpired_IsUnknown()
    {
        await _temporary.PingAsync();
        _sandbox.Time.Advance(TimeSpan.FromMinutes(70));
        await _temporary.ReconnectAsync();

        await _temporary.SendAsync(new Ping { PingId = 1 });

        Assert.That(async () => await _temporary.WaitForAsync(_ => false), Throws.InstanceOf<TransportFailure>());
    }

    private static async Task<string> FailureAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return "no error";
        }
        catch (RpcFailure e)
        {
            return $"{e.Code} {e.Message}";
        }
    }

    /// <summary>The proof is built by hand: an MTProto 1.0 message, encrypted with the permanent key.</summary>
    private async Task<bool> BindAsync(RawClient? client = null, long? session = null, long? permanentId = null, TimeSpan? expires = null)
    {
        client ??= _temporary;
        const long nonce = 77;
        var expiresAt = (int)(_sandbox.Time.GetUtcNow() + (expires ?? TimeSpan.FromMinutes(50))).ToUnixTimeSeconds();
        var id = client.NextMessageId();
        var inner = TlSerializer.ToBytes(new BindAuthKeyInner
        {
            Nonce = nonce,
            TempAuthKeyId = client.Key.Id,
            PermAuthKeyId = _permanent.Key.Id,
            TempSessionId = session ?? client.SessionId,
            ExpiresAt = expiresAt,
        });
        var function = new AuthBindTempAuthKey
        {
            PermAuthKeyId = permanentId ?? _permanent.Key.Id,
            Nonce = nonce,
            ExpiresAt = expiresAt,
            EncryptedMessage = LegacyMessage.Encrypt(_permanent.Key, id, inner),
        };
        await client.SendAsync(function, messageId: id);
        return await client.AnswerAsync(id, function);
    }
}
