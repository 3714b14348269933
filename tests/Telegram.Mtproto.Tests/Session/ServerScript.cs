using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>A server session opposite to a client whose every byte the test writes.</summary>
internal sealed class ServerScript : IDisposable
{
    public const long Salt = 0x1122334455667788;
    public const long SessionId = 0x0badcafe;

    /// <summary>A call without fields.</summary>
    public const string Request = "01000000";

    private long _clientIds;

    public ServerScript(ServerSessionOptions? options = null)
    {
        Key = new AuthKey(new SeededRandomSource(1).Bytes(AuthKey.Size));
        Salts = new ServerSalts(Salt, Now, new SeededRandomSource(4));
        Session = new ServerSession(Key, SessionId, Salts, options ?? ServerSessionOptions.Default, new SeededRandomSource(2));
    }

    public AuthKey Key { get; }

    public ServerSalts Salts { get; }

    public ServerSession Session { get; }

    public RecordingServer Handler { get; } = new();

    public List<string> Events => Handler.Events;

    public DateTimeOffset Now { get; set; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The header of the payload sent last.</summary>
    public MessageHeader LastHeader { get; private set; }

    /// <summary>The next identifier of a client's message at the present time.</summary>
    public long NextClientId()
    {
        _clientIds = Math.Max(_clientIds + 4, Now.ToUnixTimeSeconds() << 32);
        return _clientIds;
    }

    /// <summary>The session receives a message.</summary>
    public ReceiveOutcome Receive(string body, int sequenceNumber = 0, long? id = null, long salt = Salt)
    {
        var header = new MessageHeader(salt, SessionId, id ?? NextClientId(), sequenceNumber);
        var payload = RawMessage.Seal(Key, MessageDirection.ClientToServer, in header, Hex.Bytes(body));
        Assert.That(EncryptedMessage.TryOpen(payload, Key, MessageDirection.ClientToServer, out var message), Is.EqualTo(RejectReason.None));
        return Session.Receive(in message, Now, Handler);
    }

    /// <summary>The session receives a container of messages.</summary>
    public ReceiveOutcome ReceiveContainer(long id, params (long Id, int SequenceNumber, string Body)[] messages)
    {
        var body = Ids.Container + Hex.Of(messages.Length)
            + string.Concat(messages.Select(message => Hex.Of(message.Id) + Hex.Of(message.SequenceNumber) + Hex.Of(Hex.Bytes(message.Body).Length) + message.Body));
        return Receive(body, id: id);
    }

    /// <summary>The session receives its first message, and what it says to that is thrown away.</summary>
    public void Begin()
    {
        Receive(Ids.MsgsAck + Ids.Vector + "00000000");
        Flush();
    }

    /// <summary>Everything the session wants to send now.</summary>
    public List<RawMessage> Flush()
    {
        var messages = new List<RawMessage>();
        var output = new ArrayBufferWriter<byte>();
        while (Session.Flush(output, Now))
        {
            messages.AddRange(RawMessage.Open(output.WrittenSpan.ToArray(), Key, MessageDirection.ServerToClient, out var header));
            LastHeader = header;
            output.ResetWrittenCount();
        }

        return messages;
    }

    public void Dispose()
    {
        Session.Dispose();
        Key.Dispose();
    }
}
