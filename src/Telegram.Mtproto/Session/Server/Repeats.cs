using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server;

/// <summary>What a server does with a message it has received before: nothing again, but the client hears what became of it.</summary>
internal static class Repeats
{
    public static void Handle(ServerCore core, in IncomingMessage message)
    {
        if (core.FindAnswer(message.MessageId) is not { } answer)
        {
            if (message.IsContentRelated)
            {
                core.Acks.Remove(message.MessageId);
                core.Acks.Add(message.MessageId, message.Now);
            }
        }
        else if (!answer.IsQueued && answer.Length > core.Options.LargeAnswerBytes)
        {
            Offer(core, message.MessageId, answer);
        }
        else if (!answer.IsQueued)
        {
            core.Outbox.SendAgain(answer, sameIdentity: true);
        }
    }

    private static void Offer(ServerCore core, long requestMessageId, OutgoingMessage answer)
    {
        var offer = core.Outbox.Rent(MessageKind.Reply);
        var writer = new TlWriter(offer);
        writer.WriteUInt32(MsgDetailedInfo.Id);
        writer.WriteInt64(requestMessageId);
        writer.WriteInt64(answer.MessageId);
        writer.WriteInt32(answer.Length);
        writer.WriteInt32(0);
        writer.Flush();
        core.Outbox.Add(offer, urgent: false);
    }
}
