using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>msgs_all_info</c>: the server says unasked which messages it has received.</summary>
internal static class MsgsAllInfoHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var fields = message.Fields;
        return fields.TryReadIds(out var ids) && fields.TryReadBytes(out var states) && Apply(core, ids, states, handler)
            ? RejectReason.None
            : RejectReason.Malformed;
    }

    /// <summary>Sends again, as new, what the server lacks.</summary>
    /// <returns>False if there is not one state for each message.</returns>
    public static bool Apply(ClientCore core, MessageIds ids, ReadOnlySpan<byte> states, IClientSessionHandler handler)
    {
        if (states.Length != ids.Count)
        {
            return false;
        }

        for (var i = 0; i < states.Length; i++)
        {
            // What waits to be sent anyway was perhaps not yet sent when the server looked.
            if (core.Requests.Find(ids[i]) is not { IsQueued: false } sent)
            {
                continue;
            }

            if (MessageState.IsReceived(states[i]))
            {
                Ask(core, sent, states[i]);
                Outbox.Acknowledge(sent, handler);
            }
            else if (MessageState.IsMissing(states[i]))
            {
                core.Requests.SendAgain(sent, sameIdentity: false);
            }
        }

        return true;
    }

    /// <summary>An answer that was made and is not here was lost on the way: the repeated request has it sent again.</summary>
    private static void Ask(ClientCore core, OutgoingMessage sent, byte state)
    {
        if ((state & MessageState.Answered) != 0 && sent.RequestId != 0)
        {
            core.Requests.SendAgain(sent, sameIdentity: true);
        }
    }
}
