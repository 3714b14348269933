using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Transports;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Scripted;

[TracksWork]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClientConnectionTests : IDisposable
{
    private readonly ScriptedNetwork _network = new(2);

    private ScriptedServer Server => _network[2];

    [TearDown]
    public void Dispose() => _network.Dispose();

    [TestCase(TransportKind.Abridged, false, int.MaxValue)]
    [TestCase(TransportKind.Intermediate, false, int.MaxValue)]
    [TestCase(TransportKind.PaddedIntermediate, false, int.MaxValue)]
    [TestCase(TransportKind.Full, false, int.MaxValue)]
    [TestCase(TransportKind.Abridged, true, int.MaxValue)]
    [TestCase(TransportKind.Intermediate, true, int.MaxValue)]
    [TestCase(TransportKind.PaddedIntermediate, true, int.MaxValue)]
    [TestCase(TransportKind.Full, false, 1)]
    [TestCase(TransportKind.PaddedIntermediate, true, 1)]
    [TestCase(TransportKind.Abridged, true, 7)]
    public async Task InvokeAsync_OverEachTransport_IsAnswered(TransportKind kind, bool obfuscated, int chunk)
    {
        Server.Chunk = chunk;
        await using var client = _network.Client(with: options => options with { Transport = kind, Obfuscated = obfuscated });

        await client.ConnectAsync().WaitAsync(Eventually.Limit);
        var users = await client.InvokeAsync(new UsersGetUsers { Id = [new InputUserSelf()] });

        Assert.That(((User)users.Single()).Id, Is.EqualTo(Api.Self));
        Assert.That(client.State, Is.EqualTo(TelegramClientState.Connected));
    }

    [Test]
    public async Task ConnectAsync_WhenThereIsNoKey_StoresOneBeforeUsingIt()
    {
        var payloadsWhenStored = -1;
        await using var client = _network.Client(with: options => options with
        {
            SaveSession = async (session, _) =>
            {
                await Task.Yield();
                payloadsWhenStored = session.HasKey(2) ? Server.EncryptedPayloads : -1;
            },
        });

        await client.ConnectAsync();

        Assert.That(payloadsWhenStored, Is.Zero);
        Assert.That(Server.EncryptedPayloads, Is.GreaterThan(0));
        Assert.That(Server.Handshakes, Is.EqualTo(1));
    }

    [Test]
    public async Task ConnectAsync_WhenTheKeyCannotBeStored_DoesNotUseItAndTriesAgain()
    {
        var isFull = true;
        await using var client = _network.Client(with: options => options with
        {
            SaveSession = (_, _) => isFull ? throw new IOException("full") : ValueTask.CompletedTask,
        });

        Assert.That(() => client.ConnectAsync(), Throws.TypeOf<TelegramConnectionException>().With.InnerException.TypeOf<IOException>());
        Assert.That(Server.EncryptedPayloads, Is.Zero);
        isFull = false;
        await client.ConnectAsync();

        Assert.That(Server.Handshakes, Is.EqualTo(2));
    }

    [Test]
    public async Task ConnectAsync_WhenTheSessionHasAKey_MakesNone()
    {
        var session = await _network.SignedInAsync();

        await using var client = _network.Client(TelegramSession.Parse(session.ToBytes()));
        await client.ConnectAsync();

        Assert.That(Server.Handshakes, Is.EqualTo(1));
        Assert.That(client.UserId, Is.EqualTo(Api.Self));
    }

    [Test]
    public async Task ConnectAsync_WhenTheServersKeyIsAnother_Refuses()
    {
        await using var client = _network.Client(with: options => options with
        {
            DataCenters = DataCenterTable.Custom(options.DataCenters.AddressesOf(2), [Mtproto.Crypto.TelegramPublicKeys.Test.ToPem()]),
        });

        Assert.That(
            () => client.ConnectAsync(),
            Throws.InstanceOf<TelegramConnectionException>().With.InnerException.TypeOf<HandshakeException>()
                .And.InnerException.Property("Reason").EqualTo(HandshakeFailure.UnknownKey));
    }

    [Test]
    public async Task ConnectAsync_WhenTheServerIsDown_FailsAndComesBackByItself()
    {
        Server.IsDown = true;
        var states = new List<TelegramClientState>();
        await using var client = _network.Client(with: options => options with { StateChanged = states.Add });
        Assert.That(() => client.ConnectAsync(), Throws.TypeOf<TelegramConnectionException>());

        Server.IsDown = false;
        await _network.PassTimeAsync(() => client.State == TelegramClientState.Connected, "it comes back");

        Assert.That(states, Is.EqualTo(new[]
        {
            TelegramClientState.Connecting, TelegramClientState.Waiting, TelegramClientState.Connecting, TelegramClientState.Connected,
        }));
    }

    [Test]
    public async Task ConnectAsync_WhenCalledAgainWhileWaiting_TriesAtOnce()
    {
        Server.IsDown = true;
        await using var client = _network.Client();
        Assert.That(() => client.ConnectAsync(), Throws.TypeOf<TelegramConnectionException>());
        Server.IsDown = false;

        await client.ConnectAsync();

        Assert.That(client.State, Is.EqualTo(TelegramClientState.Connected));
    }

    [Test]
    public async Task ConnectAsync_WhenTheServerStaysSilent_GivesUpAfterTheTimeout()
    {
        Server.IsSilent = true;
        await using var client = _network.Client();
        var connecting = client.ConnectAsync();

        await _network.PassTimeAsync(() => connecting.IsCompleted, "the key exchange times out", TimeSpan.FromSeconds(1));

        Assert.That(() => connecting, Throws.InstanceOf<TelegramConnectionException>());
    }

    [Test]
    public async Task ConnectAsync_WhenDown_WaitsLongerEachTime()
    {
        Server.IsDown = true;
        await using var client = _network.Client(with: options => options with { Random = new FixedRandom(255) });
        Assert.That(() => client.ConnectAsync(), Throws.TypeOf<TelegramConnectionException>());
        var waits = new List<double>();
        for (var i = 2; i < 7; i++)
        {
            var attempts = i;
            var begun = _network.Time.GetUtcNow();
            await _network.PassTimeAsync(() => Server.Attempts == attempts, "the next try", TimeSpan.FromMilliseconds(50));
            waits.Add((_network.Time.GetUtcNow() - begun).TotalSeconds);
        }

        Assert.That(waits, Is.Ordered);
        Assert.That(waits[^1], Is.GreaterThanOrEqualTo(4 * waits[0]));
    }

    [Test]
    public async Task DisposeAsync_WhenConnected_ClosesTheConnection()
    {
        var client = _network.Client();
        await client.ConnectAsync();

        await client.DisposeAsync();
        await client.DisposeAsync();

        await Eventually.TrueAsync(() => Server.LiveConnections == 0, "it closes");
        Assert.That(client.State, Is.EqualTo(TelegramClientState.Disposed));
        Assert.That(() => client.ConnectAsync(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => client.InvokeAsync(new HelpGetConfig()), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(_network.Time.PendingTimers, Is.Zero, "no timer is left behind");
    }

    [Test]
    public async Task Connection_WhenTheServerFallsSilent_IsGivenUpAndMadeAnew()
    {
        await using var client = _network.Client();
        await client.ConnectAsync();
        Server.IsSilent = true;

        await _network.PassTimeAsync(() => Server.LiveConnections == 0, "it notices the silence", TimeSpan.FromSeconds(1));
        Server.IsSilent = false;
        await _network.PassTimeAsync(() => client.State == TelegramClientState.Connected, "it comes back");
    }

    [Test]
    public async Task Connection_WhenIdle_IsKeptAliveByPings()
    {
        await using var client = _network.Client();
        await client.ConnectAsync();
        await client.InvokeAsync(new UsersGetUsers { Id = [] });
        var before = Server.EncryptedPayloads;

        await _network.PassTimeAsync(() => Server.EncryptedPayloads >= before + 5, "it pings", TimeSpan.FromSeconds(1));

        Assert.That(Server.Attempts, Is.EqualTo(1), "it is the first connection still");
    }

    [Test]
    public async Task Connection_WhenAForgedPayloadComes_IsClosedAndTheCallSurvives()
    {
        await using var client = _network.Client();
        await client.ConnectAsync();
        var calling = client.InvokeAsync(new HelpGetNearestDc());
        await Eventually.TrueAsync(() => Server.HeldCalls == 1, "the call arrives");

        Server.SendRaw(new byte[64]);
        await _network.PassTimeAsync(() => Server.Attempts >= 2 && Server.LiveConnections == 1, "it comes back");
        Server.Release(_ => Api.Bytes(Api.Nearest()));

        Assert.That((await calling).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task Connection_WhenToldThatThereAreTooMany_WaitsTheLongestTime()
    {
        await using var client = _network.Client();
        await client.ConnectAsync();
        Server.SendError(TransportErrorCodes.Flood);
        Server.Drop();
        await Eventually.TrueAsync(() => client.State == TelegramClientState.Waiting, "it waits");

        _network.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(Server.Attempts, Is.EqualTo(1));
        await _network.PassTimeAsync(() => client.State == TelegramClientState.Connected, "it comes back");
    }
}
