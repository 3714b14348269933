using System.Threading.Channels;
using Telegram.Sandbox;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Sandbox;

/// <summary>Reads a client's updates, one batch after the other, and keeps the messages of one dialog in the order they came.</summary>
internal sealed class UpdateListener(ChannelReader<UpdateBatch> reader, long userId)
{
    private readonly List<Message> _messages = [];

    public UpdateBatch? Last { get; private set; }

    public List<UpdateGap> Gaps { get; } = [];

    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Starts a client's updates where the account stands now.</summary>
    public static async Task<UpdateListener> StartAsync(TelegramClient client, long userId)
    {
        var listener = new UpdateListener(client.StartUpdates(from: null), userId);
        await listener.ReadAsync();
        return listener;
    }

    /// <summary>Reads until so many messages have come.</summary>
    public async Task UntilAsync(int count)
    {
        while (_messages.Count < count)
        {
            await ReadAsync();
        }
    }

    public async Task ReadAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Limit);
        Last = await reader.ReadAsync(patience.Token);
        Gaps.AddRange(Last.Gaps);
        _messages.AddRange(Last.Updates.OfType<UpdateNewMessage>().Select(one => one.Message).OfType<Message>()
            .Where(message => message.PeerId is PeerUser peer && peer.UserId == userId));
    }

    /// <summary>All that came, against what the sandbox holds since then: nothing lost, nothing twice, all in order.</summary>
    public void AssertEqualsTruth(SandboxControl control, string phone)
    {
        var truth = control.Messages(phone, userId).TakeLast(_messages.Count).Select(one => (one.MessageId, one.Out, one.Text));
        Assert.That(_messages.Select(one => (one.Id, one.Out, one.MessageValue)), Is.EqualTo(truth));
    }
}
