using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>A client session opposite to a server whose every byte the test writes.</summary>
internal sealed class ClientScript : IDisposable
{
    /// <summary>A call without fields, and what the tests call their other requests.</summary>
    public const string Request = "01000000";

    private const long Salt = 0x1122334455667788;
    private long _serverIds;

    public ClientScript(ClientSessionOptions? options = null, ClientSessionState? state = null)
    {
        Key = new AuthKey(new SeededRandomSource(1).Bytes(AuthKey.Size));
        Session = new ClientSession(Key, options ?? ClientSessionOptions.Default, new SeededRandomSource(2), state ?? ClientSessionState.AfterHandshake(Salt, TimeSpan.Zero));
    }

    public AuthKey Key { get; }

    public ClientSession Session { get; }

    public RecordingClient Handler { get; } = new();

    public List<string> Events => Handler.Events;

    public DateTimeOffset Now { get; set; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The header of the payload sent last.</summary>
    public MessageHeader LastHeader { get; private set; }

    /// <summary>Enqueues a request.</summary>
    public long Enqueue(string body = Request, long after = 0) => Session.Enqueue(Hex.Bytes(body), after);

    /// <summary>Everything the session wants to send now.</summary>
    public List<RawMessage> Flush()
    {
        var messages = new List<RawMessage>();
        var output = new ArrayBufferWriter<byte>();
        while (Session.Flush(output, Now))
        {
            messages.AddRange(RawMessage.Open(output.WrittenSpan.ToArray(), Key, MessageDirection.ClientToServer, out var header));
            LastHeader = header;
            output.ResetWrittenCount();
        }

        return messages;
    }

    /// <summary>What the session wants to send now, without pings and questions for salts.</summary>
    public List<RawMessage> FlushWithoutHousekeeping() => Flush().FindAll(message =>
        !message.Body.StartsWith(Ids.PingDelayDisconnect, StringComparison.Ordinal) && !message.Body.StartsWith(Ids.GetFutureSalts, StringComparison.Ordinal));

    /// <summary>Sends a request alone, after the first ping is gone.</summary>
    public RawMessage Send(string body = Request)
    {
        Flush();
        Enqueue(body);
        return Flush().Single();
    }

    /// <summary>The next identifier of a server's message at the present time.</summary>
    public long NextServerId(bool answer = true)
    {
        var seconds = Now.ToUnixTimeSeconds() << 32;
        _serverIds = Math.Max(_serverIds + 4, seconds);
        return _serverIds | (answer ? 1L : 3L);
    }

    /// <summary>The session receives a message.</summary>
    public ReceiveOutcome Receive(string body, int sequenceNumber = 0, long? id = null, long? sessionId = null)
    {
        var header = new MessageHeader(Salt, sessionId ?? Session.SessionId, id ?? NextServerId(), sequenceNumber);
        var payload = RawMessage.Seal(Key, MessageDirection.ServerToClient, in header, Hex.Bytes(body));
        return Session.Receive(payload, Now, Handler);
    }

    /// <summary>The session receives a container of messages.</summary>
    public ReceiveOutcome ReceiveContainer(params (long Id, int SequenceNumber, string Body)[] messages)
    {
        var body = Ids.Container + Hex.Of(messages.Length)
            + string.Concat(messages.Select(message => Hex.Of(message.Id) + Hex.Of(message.SequenceNumber) + Hex.Of(Hex.Bytes(message.Body).Length) + message.Body));
        return Receive(body);
    }

    public void Dispose()
    {
        Session.Dispose();
        Key.Dispose();
    }
}
