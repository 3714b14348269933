using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client;

/// <summary>What a session does by itself, always together with a ping: asking for salts and for the state of old requests.</summary>
internal sealed class Housekeeping(ClientCore core)
{
    private long _lastReference;
    private long _pingReference;
    private long _stateReference;
    private OutgoingMessage? _ping;
    private OutgoingMessage? _stateRequest;
    private bool _hasPinged;
    private bool _asksAboutAcknowledged;

    /// <summary>Queues a ping and whatever else is due.</summary>
    public void Run(DateTimeOffset now)
    {
        Forget(ref _ping, _pingReference);
        AskForStates(now);
        if (_hasPinged)
        {
            AskForSalts();
        }

        _ping = QueuePing();
        _pingReference = _ping.Reference;
        _hasPinged = true;
        core.Heartbeat.OnPing(now);
        core.Requests.Trim();
        core.Acks.Trim();
        core.SentAcks.Trim();
    }

    public OutgoingMessage QueuePing()
    {
        var ping = core.Requests.Rent(MessageKind.Ping);
        ping.Reference = ++_lastReference;
        var writer = new TlWriter(ping);
        writer.WriteUInt32(PingDelayDisconnect.Id);
        writer.WriteInt64(ping.Reference);
        writer.WriteInt32((int)core.Options.DisconnectDelay.TotalSeconds);
        writer.Flush();
        core.Requests.Add(ping, urgent: true);
        return ping;
    }

    public void QueueSaltRequest()
    {
        var request = core.Requests.Rent(MessageKind.FutureSalts);
        var writer = new TlWriter(request);
        writer.WriteUInt32(GetFutureSalts.Id);
        writer.WriteInt32(core.Options.FutureSaltCount);
        writer.Flush();
        core.Requests.Add(request, urgent: true);
    }

    /// <summary>
    /// On a new connection pings and questions are asked anew. A request the server has confirmed is not sent again but asked about: its
    /// answer will come, unless the server has forgotten the session.
    /// </summary>
    public void Reconnected()
    {
        core.Requests.ForEachInFlight(
            this,
            static (_, _) => true,
            static (message, self) => self.Resume(message));
        (_ping, _stateRequest) = (null, null);
    }

    private void Resume(OutgoingMessage message)
    {
        if (message.Kind is MessageKind.Ping or MessageKind.StateRequest)
        {
            core.Requests.Complete(message);
        }
        else if (message.IsAcknowledged)
        {
            _asksAboutAcknowledged = true;
        }
        else
        {
            core.Requests.SendAgain(message, sameIdentity: true);
        }
    }

    private void AskForSalts()
    {
        if (core.Salts.FollowingCount >= 2)
        {
            return;
        }

        foreach (var message in core.Requests.InFlight)
        {
            if (message.Kind == MessageKind.FutureSalts)
            {
                return;
            }
        }

        QueueSaltRequest();
    }

    private void AskForStates(DateTimeOffset now)
    {
        Forget(ref _stateRequest, _stateReference);
        var sentBefore = now - core.Options.StateRequestAfter;
        var count = 0;
        foreach (var message in core.Requests.InFlight)
        {
            count += IsInDoubt(message, sentBefore) ? 1 : 0;
        }

        if (count > 0)
        {
            QueueStateRequest(Math.Min(count, MessageIds.MaxCount), sentBefore);
        }

        _asksAboutAcknowledged = false;
    }

    private void QueueStateRequest(int count, DateTimeOffset sentBefore)
    {
        var request = _stateRequest = core.Requests.Rent(MessageKind.StateRequest);
        request.Reference = _stateReference = ++_lastReference;
        var writer = new TlWriter(request);
        writer.WriteUInt32(MsgsStateReq.Id);
        writer.WriteVectorHeader(count);
        foreach (var message in core.Requests.InFlight)
        {
            if (count > 0 && IsInDoubt(message, sentBefore))
            {
                writer.WriteInt64(message.MessageId);
                count--;
            }
        }

        writer.Flush();
        core.Requests.Add(request, urgent: true);
    }

    private bool IsInDoubt(OutgoingMessage message, DateTimeOffset sentBefore) =>
        message is { IsQueued: false, RequestId: not 0 }
        && (message.IsAcknowledged ? _asksAboutAcknowledged : message.SentAt <= sentBefore);

    private void Forget(ref OutgoingMessage? message, long reference)
    {
        // The object may have been answered and carry another message by now.
        if (message is { IsDropped: false, Kind: MessageKind.Ping or MessageKind.StateRequest } && message.Reference == reference)
        {
            core.Requests.Complete(message);
        }

        message = null;
    }
}
