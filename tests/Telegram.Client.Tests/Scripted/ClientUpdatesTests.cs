using System.Threading.Channels;
using Telegram.Client.Tests.Updates;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Scripted;

[TracksWork]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClientUpdatesTests : IDisposable
{
    private static readonly UpdatePosition Start = new(10, 5, 1000, 3);

    private readonly ScriptedNetwork _network = new(2);

    private ScriptedServer Server => _network[2];

    private int Differences => Server.Calls.OfType<UpdatesGetDifference>().Count();

    [TearDown]
    public void Dispose() => _network.Dispose();

    [Test]
    public async Task StartUpdates_WhenUpdatesArePushed_HandsThemOut()
    {
        await using var client = _network.Client(await _network.SignedInAsync());
        var reader = await StartAsync(client);

        Server.Push(Make.Push(Make.NewMessage(11)));
        Server.Push(Make.Push(Make.NewMessage(12)));

        Assert.That(await ReadIdsAsync(reader, 2), Is.EqualTo(new[] { 11, 12 }));
    }

    [Test]
    public async Task StartUpdates_WhenTheConnectionWasDown_CatchesUp()
    {
        await using var client = _network.Client(await _network.SignedInAsync());
        var reader = await StartAsync(client);
        Server.Handle = function => function is UpdatesGetDifference
            ? Api.Bytes(Make.Difference(Make.State(12), [Make.Text(11), Make.Text(12)]))
            : Api.Default(function);

        Server.Drop();
        await _network.PassTimeAsync(() => Differences == 2, "it asks for the difference");

        Assert.That(await ReadIdsAsync(reader, 2), Is.EqualTo(new[] { 11, 12 }));
    }

    [Test]
    public async Task StartUpdates_WhenAnUpdateCannotBeRead_AsksForTheDifference()
    {
        await using var client = _network.Client(await _network.SignedInAsync());
        await StartAsync(client);

        Server.Push([0xde, 0xad, 0xbe, 0xef]);

        await Eventually.TrueAsync(() => Differences == 2, "it asks for the difference");
    }

    [Test]
    public async Task InvokeAsync_WhenASendIsAnsweredInShort_TheMessageFlowsInItsPlace()
    {
        await using var client = _network.Client(await _network.SignedInAsync());
        var reader = await StartAsync(client);
        Server.Handle = function => function is MessagesSendMessage
            ? Api.Bytes(new UpdateShortSentMessage { Out = true, Id = 11, Pts = 11, PtsCount = 1, Date = 1 })
            : Api.Default(function);

        await client.InvokeAsync(new MessagesSendMessage { Peer = new InputPeerUser { UserId = 7, AccessHash = 1 }, Message = "hello", RandomId = 5 });
        Server.Push(Make.Push(Make.NewMessage(12)));

        Assert.That(await ReadIdsAsync(reader, 2), Is.EqualTo(new[] { 11, 12 }));
        Assert.That(Differences, Is.EqualTo(1), "no gap was seen");
    }

    [Test]
    public async Task StartUpdates_WhenSignedInLater_BeginsThen()
    {
        await using var client = _network.Client();
        await client.ConnectAsync();
        var reader = client.StartUpdates(null);
        Server.Handle = function => function switch
        {
            UpdatesGetState => Api.Bytes(Make.State(10)),
            AuthSignIn => Api.Bytes(Api.Authorization()),
            _ => Api.Default(function),
        };

        await client.SignInAsync("1", "hash", "2");
        using var limit = new CancellationTokenSource(Eventually.Limit);

        Assert.That((await reader.ReadAsync(limit.Token)).Position.Pts, Is.EqualTo(10));
    }

    [Test]
    public async Task StartUpdates_WhenStartedTwice_Throws()
    {
        await using var client = _network.Client(await _network.SignedInAsync());
        var reader = client.StartUpdates(Start);
        Assert.That(() => client.StartUpdates(Start), Throws.InvalidOperationException);

        await client.StopUpdatesAsync();
        await client.StopUpdatesAsync();

        await reader.DrainAsync();
        Assert.That(() => client.StartUpdates(Start), Throws.Nothing);
    }

    private async Task<ChannelReader<UpdateBatch>> StartAsync(TelegramClient client)
    {
        await client.ConnectAsync();
        var reader = client.StartUpdates(Start);
        await Eventually.TrueAsync(() => Differences >= 1, "it catches up first");
        return reader;
    }

    private static async Task<int[]> ReadIdsAsync(ChannelReader<UpdateBatch> reader, int count)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        var ids = new List<int>();
        while (ids.Count < count)
        {
            var batch = await reader.ReadAsync(limit.Token);
            ids.AddRange(batch.Updates.OfType<UpdateNewMessage>().Select(update => ((Message)update.Message).Id));
        }

        return [.. ids];
    }
}
