using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Sandbox;

/// <summary>What is refused, lost or ended by the server, and what a caller learns of it.</summary>
public sealed class CallFaultTests : SandboxFixture
{
    private string _phone = string.Empty;
    private TelegramClient _client = null!;

    [SetUp]
    public async Task SignInAsync()
    {
        _phone = NextPhone();
        _client = await SignInAsync(_phone, options => options with { RequestTimeout = TimeSpan.FromSeconds(30) });
    }

    [TearDown]
    public async Task CloseAsync() => await _client.DisposeAsync();

    [Test]
    public void Flood_OfAMethod_TellsHowLongToWait()
    {
        Control.Flood("users.getUsers", seconds: 31);

        var error = Assert.ThrowsAsync<FloodWaitException>(GetSelfAsync);
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(31)));
    }

    [Test]
    public async Task RpcError_OfTheServersOwn_IsRetriedForCallsThatRead()
    {
        Control.RpcError("users.getUsers", 500, "INTERNAL", times: 1);

        await GetSelfAsync();

        Assert.That(Control.Stats().Rpcs["users.getUsers"], Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public void RpcError_OfTheCaller_IsTheCallers()
    {
        Control.RpcError("users.getUsers", 400, "PEER_ID_INVALID");

        var error = Assert.ThrowsAsync<RpcException>(GetSelfAsync);
        Assert.That((error.Code, error.Type), Is.EqualTo((400, "PEER_ID_INVALID")));
    }

    [Test]
    public async Task LoseAnswer_OfASend_ThenTheSameAgain_SendsOnce()
    {
        await using var hasty = Open(_client.Session, options => options with { RequestTimeout = TimeSpan.FromSeconds(2) });
        var send = await HelloAsync(_client);
        Control.LoseAnswer("messages.sendMessage");

        Assert.ThrowsAsync<TelegramTimeoutException>(() => hasty.InvokeAsync(send));
        await Eventually.TrueAsync(() => Control.Messages(_phone, Customer.Id).Any(one => one.RandomId == send.RandomId), "it was sent");
        await _client.InvokeAsync(send);

        Assert.That(Control.Messages(_phone, Customer.Id).Count(one => one.RandomId == send.RandomId), Is.EqualTo(1));
    }

    [Test]
    public async Task DropConnections_WhileSending_SendsOnce()
    {
        var send = await HelloAsync(_client);
        Control.Stall(TimeSpan.FromMilliseconds(100));
        var sending = _client.InvokeAsync(send);
        Control.DropConnections();

        await sending;

        Assert.That(Control.Messages(_phone, Customer.Id).Count(one => one.RandomId == send.RandomId), Is.EqualTo(1));
    }

    [Test]
    public async Task Revoke_FromElsewhere_EndsCallsUpdatesAndTheSession()
    {
        var updates = _client.StartUpdates(from: null);
        await updates.ReadAsync();

        Control.Revoke(_phone);

        await Eventually.TrueAsync(() => _client.State == TelegramClientState.Ended, "the client learns that its session ended");
        Assert.ThrowsAsync<SessionRevokedException>(GetSelfAsync);
        Assert.ThrowsAsync<SessionRevokedException>(() => updates.DrainAsync());
        await Eventually.TrueAsync(() => !_client.Session.IsSignedIn, "nobody is signed in any more");
    }

    [TestCase(401, "AUTH_KEY_UNREGISTERED")]
    [TestCase(401, "SESSION_REVOKED")]
    [TestCase(401, "SESSION_EXPIRED")]
    [TestCase(401, "USER_DEACTIVATED")]
    [TestCase(401, "USER_DEACTIVATED_BAN")]
    [TestCase(406, "AUTH_KEY_DUPLICATED")]
    public void RpcError_ThatEndsTheSession_IsFinal(int code, string type)
    {
        Control.RpcError("users.getUsers", code, type);

        var error = Assert.ThrowsAsync<SessionRevokedException>(GetSelfAsync);

        Assert.That((error.Code, error.Type), Is.EqualTo((code, type)));
        Assert.That((_client.State, _client.EndedBy?.Type), Is.EqualTo((TelegramClientState.Ended, type)));
        Assert.ThrowsAsync<SessionRevokedException>(GetSelfAsync);
    }

    private Task<IUser[]> GetSelfAsync() => _client.InvokeAsync(new UsersGetUsers { Id = [new InputUserSelf()] });

    private async Task<MessagesSendMessage> HelloAsync(TelegramClient client)
    {
        var found = await client.InvokeAsync(new ContactsResolveUsername { Username = Customer.Username! });
        return new MessagesSendMessage
        {
            Peer = new InputPeerUser { UserId = Customer.Id, AccessHash = found.Users.OfType<User>().Single().AccessHash!.Value },
            Message = "Hello",
            RandomId = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)),
        };
    }
}
