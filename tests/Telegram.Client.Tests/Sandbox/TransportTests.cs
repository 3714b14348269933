using Telegram.Mtproto.Transports;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Sandbox;

/// <summary>An operator's day over every transport, through real sockets.</summary>
public sealed class TransportTests : SandboxFixture
{
    [TestCase(TransportKind.Abridged, false)]
    [TestCase(TransportKind.Abridged, true)]
    [TestCase(TransportKind.Intermediate, false)]
    [TestCase(TransportKind.Intermediate, true)]
    [TestCase(TransportKind.PaddedIntermediate, false)]
    [TestCase(TransportKind.PaddedIntermediate, true)]
    [TestCase(TransportKind.Full, false)]
    public async Task Client_OverEachTransport_SignsInCallsAndIsTold(TransportKind transport, bool obfuscated)
    {
        var phone = NextPhone();
        await using var client = await SignInAsync(phone, options => options with { Transport = transport, Obfuscated = obfuscated });
        var self = await client.GetSelfAsync();
        var listener = await UpdateListener.StartAsync(client, Customer.Id);

        await WriteAsync(phone, "Message {n}", count: 20);
        await listener.UntilAsync(20);
        await SendAsync(client, "Hello");
        await listener.UntilAsync(22);

        Assert.That(self?.Phone, Is.EqualTo(phone));
        Assert.That(listener.Messages[21].Out, Is.False, "the customer answers");
        listener.AssertEqualsTruth(Control, phone);
        await client.LogOutAsync();
        Assert.That(client.UserId, Is.Null);
    }

    [Test]
    public async Task Client_WithAStoredSession_GoesOnWithoutSigningIn()
    {
        var phone = NextPhone();
        byte[] stored;
        UpdatePosition position;
        await using (var first = await SignInAsync(phone))
        {
            var listener = await UpdateListener.StartAsync(first, Customer.Id);
            position = listener.Last!.Position;
            stored = first.Session.ToBytes();
        }

        await WriteAsync(phone, "While nobody listened {n}", count: 150);
        await using var second = Open(TelegramSession.Parse(stored));
        var missed = new UpdateListener(second.StartUpdates(position), Customer.Id);
        await missed.UntilAsync(150);

        missed.AssertEqualsTruth(Control, phone);
    }

    private async Task SendAsync(TelegramClient client, string text)
    {
        var found = await client.InvokeAsync(new ContactsResolveUsername { Username = Customer.Username! });
        var user = found.Users.OfType<User>().Single(one => one.Id == Customer.Id);
        await client.InvokeAsync(new MessagesSendMessage
        {
            Peer = new InputPeerUser { UserId = user.Id, AccessHash = user.AccessHash!.Value },
            Message = text,
            RandomId = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)),
        });
    }
}
