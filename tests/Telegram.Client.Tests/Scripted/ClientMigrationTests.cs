using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Scripted;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClientMigrationTests : IDisposable
{
    private static readonly UploadGetFile File = new()
    {
        Location = new InputDocumentFileLocation { Id = 1, AccessHash = 1, FileReference = [], ThumbSize = "" },
        Offset = 0,
        Limit = 4096,
    };

    private readonly ScriptedNetwork _network = new(2, 4);

    [TearDown]
    public void Dispose() => _network.Dispose();

    [TestCase("PHONE_MIGRATE")]
    [TestCase("NETWORK_MIGRATE")]
    [TestCase("USER_MIGRATE")]
    public async Task InvokeAsync_WhenTheAccountLivesElsewhere_MovesThereAndRepeats(string type)
    {
        _network[2].Handle = function => function is HelpGetNearestDc ? throw new RpcException(303, type, 4) : Api.Default(function);
        _network[4].Handle = Nearest;
        await using var client = _network.Client();

        await client.InvokeAsync(new HelpGetNearestDc());

        Assert.That(client.Session.DataCenterId, Is.EqualTo(4));
        Assert.That(client.Session.HasKey(4), Is.True);
        Assert.That(_network.Saved[^1].DataCenterId, Is.EqualTo(4));
        await Eventually.TrueAsync(() => _network[2].LiveConnections == 0, "the old connection closes");
        await Eventually.TrueAsync(() => client.State == TelegramClientState.Connected, "the new one is told of");
    }

    [Test]
    public async Task InvokeAsync_WhenManyAreMovedAtOnce_MoveOnce()
    {
        _network[2].Handle = function => function is HelpGetNearestDc ? throw new RpcException(303, "PHONE_MIGRATE", 4) : Api.Default(function);
        _network[4].Handle = Nearest;
        await using var client = _network.Client();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.InvokeAsync(new HelpGetNearestDc())));

        Assert.That(_network[4].Handshakes, Is.EqualTo(1));
        Assert.That(_network[4].Calls.OfType<HelpGetNearestDc>().Count(), Is.EqualTo(20));
    }

    [Test]
    public async Task InvokeAsync_WhenOthersWaitForAnswersDuringTheMove_AreAnsweredToo()
    {
        _network[4].Handle = Nearest;
        await using var client = _network.Client();
        var waiting = client.InvokeAsync(new HelpGetNearestDc());
        await Eventually.TrueAsync(() => _network[2].HeldCalls == 1, "it waits");
        _network[2].Handle = _ => throw new RpcException(303, "PHONE_MIGRATE", 4);

        await client.InvokeAsync(new HelpGetNearestDc());

        Assert.That((await waiting).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task InvokeAsync_WhenSentInCircles_GivesUp()
    {
        _network[2].Handle = _ => throw new RpcException(303, "PHONE_MIGRATE", 4);
        _network[4].Handle = _ => throw new RpcException(303, "PHONE_MIGRATE", 2);
        await using var client = _network.Client();

        Assert.That(() => client.InvokeAsync(new HelpGetNearestDc()), Throws.TypeOf<MigrateException>());
    }

    [Test]
    public async Task InvokeAsync_WhenSentToAnUnknownDataCenter_SaysSo()
    {
        _network[2].Handle = _ => throw new RpcException(303, "PHONE_MIGRATE", 9);
        await using var client = _network.Client();

        Assert.That(
            () => client.InvokeAsync(new HelpGetNearestDc()), Throws.TypeOf<MigrateException>().With.Property("DataCenterId").EqualTo(9));
    }

    [Test]
    public async Task InvokeAsync_WhenAFileLiesElsewhere_FetchesItThereWithACopiedAuthorization()
    {
        await using var client = await FileClientAsync();

        var first = await client.InvokeAsync(File);
        var second = await client.InvokeAsync(File);

        Assert.That(((UploadFile)first).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(second, Is.Not.Null);
        Assert.That(_network[4].Calls.OfType<AuthImportAuthorization>().Single().Bytes, Is.EqualTo(new byte[] { 9 }));
        Assert.That(client.Session.DataCenterId, Is.EqualTo(2), "the account stays where it is");
        Assert.That(client.Session.KeyOf(4)!.SignedIn, Is.True);
    }

    [Test]
    public async Task InvokeAsync_WhenTheCopyWasLost_CopiesItAgain()
    {
        await using var client = await FileClientAsync();
        await client.InvokeAsync(File);
        var handle = _network[4].Handle;
        var lost = true;
        _network[4].Handle = function =>
        {
            if (function is UploadGetFile && lost)
            {
                lost = false;
                throw new RpcException(401, "AUTH_KEY_UNREGISTERED");
            }

            return handle(function);
        };

        await client.InvokeAsync(File);

        Assert.That(_network[4].Calls.OfType<AuthImportAuthorization>().Count(), Is.EqualTo(2));
        Assert.That(client.EndedBy, Is.Null);
    }

    [Test]
    [TracksWork]
    public async Task InvokeAsync_WhenAFileConnectionIsIdle_ClosesItAndComesBackWithTheSameKey()
    {
        await using var client = await FileClientAsync();
        await client.InvokeAsync(File);
        Assert.That(_network[4].LiveConnections, Is.EqualTo(1));

        await _network.PassTimeAsync(() => _network[4].LiveConnections == 0, "the unused connection closes", TimeSpan.FromSeconds(5));
        await client.InvokeAsync(File);

        Assert.That((_network[4].LiveConnections, _network[4].Handshakes), Is.EqualTo((1, 1)));
        Assert.That(_network[4].Calls.OfType<AuthImportAuthorization>().Count(), Is.EqualTo(1));
        Assert.That(_network[2].LiveConnections, Is.EqualTo(1), "the account's own stays");
    }

    private async Task<TelegramClient> FileClientAsync()
    {
        var session = await _network.SignedInAsync();
        _network[2].Handle = function => function switch
        {
            UploadGetFile => throw new RpcException(303, "FILE_MIGRATE", 4),
            AuthExportAuthorization { DcId: 4 } => Api.Bytes(new AuthExportedAuthorization { Id = Api.Self, Bytes = [9] }),
            _ => Api.Default(function),
        };
        _network[4].Handle = function => function switch
        {
            UploadGetFile => Api.Bytes(new UploadFile { Type = new StorageFileJpeg(), Mtime = 0, Bytes = [1, 2, 3] }),
            AuthImportAuthorization => Api.Bytes(Api.Authorization()),
            _ => Api.Default(function),
        };
        return _network.Client(session);
    }

    private static byte[]? Nearest(ITlFunction function) =>
        function is HelpGetNearestDc ? Api.Bytes(Api.Nearest()) : Api.Default(function);
}
