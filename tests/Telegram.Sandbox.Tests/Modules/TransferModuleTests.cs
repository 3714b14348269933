using Telegram.Sandbox.Tests.Support;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Modules;

[TestFixture]
public sealed class TransferModuleTests
{
    private RunningSandbox _sandbox = null!;
    private RawClient _home = null!;
    private RawClient _away = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _home = await _sandbox.SignInAsync();
        _away = await _sandbox.ConnectAsync(dc: 3);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _home.DisposeAsync();
        await _away.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Test]
    public async Task Import_OfAnExportedAuthorization_SignsInAwayFromHome()
    {
        var exported = await _home.CallAsync(new AuthExportAuthorization { DcId = 3 });

        var imported = (AuthAuthorization)await _away.CallAsync(new AuthImportAuthorization { Id = exported.Id, Bytes = exported.Bytes });

        Assert.That(((User)imported.User).Id, Is.EqualTo(FakeWorld.UserId));
        Assert.That((await _away.CallAsync(new AccountGetAccountTTL())).Days, Is.EqualTo(1));
        Assert.That(await RefusalAsync(() => _away.CallAsync(new AccountUpdateStatus { Offline = true })), Is.EqualTo("USER_MIGRATE_2"));
    }

    [Test]
    public async Task Import_WithOtherBytes_IsRefused() => Assert.That(
        await RefusalAsync(() => _away.CallAsync(new AuthImportAuthorization { Id = FakeWorld.UserId, Bytes = new byte[128] })),
        Is.EqualTo("AUTH_BYTES_INVALID"));

    [TestCase(2)]
    [TestCase(9)]
    public async Task Export_ToADataCentreThatIsNoOther_IsRefused(int dc) => Assert.That(
        await RefusalAsync(() => _home.CallAsync(new AuthExportAuthorization { DcId = dc })), Is.EqualTo("DC_ID_INVALID"));

    [Test]
    public async Task Export_WithoutSignIn_IsRefused() => Assert.That(
        await RefusalAsync(() => _away.CallAsync(new AuthExportAuthorization { DcId = 2 })), Is.EqualTo("AUTH_KEY_UNREGISTERED"));

    [Test]
    public async Task Key_OfAnotherDataCentre_IsUnknown()
    {
        await _home.ReconnectAsync(_sandbox.Server.DataCenters.Single(one => one.Id == 1).EndPoint);
        await _home.SendAsync(new Ping { PingId = 1 });

        Assert.That(
            async () => await _home.WaitForAsync(_ => false), Throws.InstanceOf<TransportFailure>().With.Property("Code").EqualTo(-404));
    }

    private static async Task<string> RefusalAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return "no error";
        }
        catch (RpcFailure e)
        {
            return e.Message;
        }
    }
}
