using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Session;
using Telegram.Mtproto.Transports;
using Telegram.Sandbox.Keys;
using Telegram.Sandbox.Sessions;
using Telegram.Tl;

namespace Telegram.Sandbox.Connections;

/// <summary>Takes the payloads of one connection: the steps of a handshake, or messages of sessions.</summary>
internal sealed class PayloadHandler(ClientConnection connection, ConnectionServices services)
{
    /// <summary>How many unencrypted messages a connection may send in all; a handshake takes three.</summary>
    private const int MaxPlainMessages = 48;

    private const int MaxPlainLength = 4 * 1024;

    private ServerHandshake? _handshake;
    private int _plainMessages;

    /// <summary>Takes one payload, which it may overwrite. Returns the session it was for, which may want a pause.</summary>
    public SandboxSession? Handle(Span<byte> payload, bool quickAck)
    {
        if (payload.Length < sizeof(long))
        {
            Refuse("short_payload", TransportErrorCodes.AuthKeyNotFound);
            return null;
        }

        if (PlainMessage.IsPlain(payload))
        {
            HandlePlain(payload);
            return null;
        }

        var key = services.Keys.Find(connection.DcId, PlainMessage.ReadAuthKeyId(payload));
        if (key is null)
        {
            Refuse("unknown_auth_key", TransportErrorCodes.AuthKeyNotFound);
            return null;
        }

        return HandleEncrypted(key, payload, quickAck);
    }

    private void HandlePlain(ReadOnlySpan<byte> payload)
    {
        if (++_plainMessages > MaxPlainMessages || payload.Length > MaxPlainLength || services.Keys.IsFull)
        {
            Refuse("too_many_handshakes", TransportErrorCodes.Flood);
            return;
        }

        _handshake ??= new ServerHandshake(services.Handshake, services.Random);
        using var answer = new PooledBuffer();
        var status = _handshake.Receive(payload, answer, services.Time.GetUtcNow());
        if (status == ServerHandshakeStatus.Rejected)
        {
            Refuse(Counters.Reason("handshake", _handshake.Failure ?? default), TransportErrorCodes.AuthKeyNotFound);
            return;
        }

        if (status == ServerHandshakeStatus.Completed && _handshake.Result is { } made)
        {
            services.Keys.Add(connection.DcId, made);
        }

        if (answer.WrittenCount > 0)
        {
            connection.Send(SingleFrame.Payload(answer.WrittenSpan.ToArray()));
        }
    }

    private SandboxSession? HandleEncrypted(ServerAuthKey key, Span<byte> payload, bool quickAck)
    {
        var reason = EncryptedMessage.TryOpen(payload, key.Key, MessageDirection.ClientToServer, out var message);
        if (reason != RejectReason.None)
        {
            Refuse(Counters.Reason("message", reason), TransportErrorCodes.AuthKeyNotFound);
            return null;
        }

        _handshake = null;
        if (quickAck)
        {
            connection.Send(SingleFrame.QuickAck(message.QuickAckToken));
        }

        SandboxSession session;
        ReceiveOutcome outcome;
        lock (key.Gate)
        {
            session = services.Sessions.Open(key, message.Header.SessionId);
            outcome = session.Receive(message, connection);
        }

        // What was refused with a notice has been counted by its code.
        if (outcome.Status == ReceiveStatus.Rejected && outcome.Reason != RejectReason.Refused)
        {
            services.Counters.CountRejected(Counters.Reason("message", outcome.Reason));
        }

        if (outcome.MustClose)
        {
            connection.CloseAfterSending();
        }

        return session;
    }

    private void Refuse(string reason, int error)
    {
        services.Counters.CountRejected(reason);
        connection.Send(SingleFrame.Error(error));
        connection.CloseAfterSending();
    }
}
