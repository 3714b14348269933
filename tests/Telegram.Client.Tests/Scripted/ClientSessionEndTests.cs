using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Scripted;

[TracksWork]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClientSessionEndTests : IDisposable
{
    private readonly ScriptedNetwork _network = new(2);

    private ScriptedServer Server => _network[2];

    [TearDown]
    public void Dispose() => _network.Dispose();

    [Test]
    public async Task Connection_WhenTheServerForgotTheKeyOfNobody_MakesAnother()
    {
        await using var client = _network.Client();
        await client.ConnectAsync();
        Server.ForgetKeys();
        Server.Drop();

        await _network.PassTimeAsync(() => Server.Handshakes >= 2 && client.State == TelegramClientState.Connected, "it comes back");

        Assert.That(client.EndedBy, Is.Null);
    }

    [Test]
    public async Task InvokeAsync_WhenTheKeyIsReplacedMeanwhile_IsAnsweredUnderTheNewOne()
    {
        await using var client = _network.Client();
        var calling = client.InvokeAsync(new HelpGetNearestDc());
        await Eventually.TrueAsync(() => Server.HeldCalls == 1, "the call arrives");
        Server.ForgetKeys();
        Server.Handle = function => function is HelpGetNearestDc ? Api.Bytes(Api.Nearest()) : Api.Default(function);
        Server.Drop();

        await _network.PassTimeAsync(() => calling.IsCompleted, "it is answered");

        Assert.That((await calling).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task Connection_WhenTheServerForgotTheKeyOfAUser_Ends()
    {
        var session = await _network.SignedInAsync();
        await using var client = _network.Client(session);
        var calling = client.InvokeAsync(new HelpGetNearestDc());
        await Eventually.TrueAsync(() => Server.HeldCalls == 1, "the call arrives");
        var updates = client.StartUpdates(new UpdatePosition(1, 1, 1, 1));
        Server.ForgetKeys();
        Server.Drop();

        await _network.PassTimeAsync(() => client.State == TelegramClientState.Ended, "it ends");

        Assert.That(() => calling, Throws.TypeOf<SessionRevokedException>());
        Assert.That(() => client.ConnectAsync(), Throws.TypeOf<SessionRevokedException>());
        Assert.That(() => client.InvokeAsync(new HelpGetConfig()), Throws.TypeOf<SessionRevokedException>());
        Assert.That(() => updates.DrainAsync(), Throws.TypeOf<SessionRevokedException>());
        Assert.That(client.EndedBy!.Type, Is.EqualTo("AUTH_KEY_UNREGISTERED"));
        await Eventually.TrueAsync(() => !_network.Saved[^1].IsSignedIn && !_network.Saved[^1].HasKey(2), "the stored session holds nothing any more");
        Assert.That(Server.Handshakes, Is.EqualTo(1), "no new key in place of a user's");
    }

    [TestCase(401, "AUTH_KEY_UNREGISTERED")]
    [TestCase(401, "SESSION_REVOKED")]
    [TestCase(401, "USER_DEACTIVATED_BAN")]
    [TestCase(406, "AUTH_KEY_DUPLICATED")]
    public async Task InvokeAsync_WhenTelegramEndedTheSession_EndsTheClient(int code, string type)
    {
        await using var client = _network.Client(await _network.SignedInAsync());
        Server.Handle = _ => throw new RpcException(code, type);

        Assert.That(() => client.InvokeAsync(new HelpGetNearestDc()), Throws.TypeOf<SessionRevokedException>().With.Property("Type").EqualTo(type));
        Assert.That(client.State, Is.EqualTo(TelegramClientState.Ended));
        await Eventually.TrueAsync(() => Server.LiveConnections == 0, "it closes");
    }

    [Test]
    public async Task InvokeAsync_WhenNobodyIsSignedIn_SaysSoAndGoesOn()
    {
        await using var client = _network.Client();
        Server.Handle = function => function is UsersGetUsers ? throw new RpcException(401, "AUTH_KEY_UNREGISTERED") : Api.Default(function);

        Assert.That(() => client.InvokeAsync(new UsersGetUsers { Id = [] }), Throws.TypeOf<NotSignedInException>());
        Assert.That(await client.GetSelfAsync(), Is.Null);
        Assert.That(client.State, Is.EqualTo(TelegramClientState.Connected));
    }

    [Test]
    public async Task LogOutAsync_WhenSignedIn_LeavesAClientThatCanSignInAgain()
    {
        await using var client = _network.Client(await _network.SignedInAsync());
        var updates = client.StartUpdates(new UpdatePosition(1, 1, 1, 1));
        Server.Handle = function => function is AuthLogOut ? Api.Bytes(new AuthLoggedOut()) : Api.Default(function);

        await client.LogOutAsync();

        await updates.DrainAsync();
        Assert.That(client.Session.IsSignedIn, Is.False);
        Assert.That(_network.Saved[^1].IsSignedIn, Is.False);
        Assert.That((await client.GetSelfAsync())!.Id, Is.EqualTo(Api.Self), "the same key serves again");
    }
}
