using Crm.Application.Ports.Telegram;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Telegram.Mapping;

/// <summary>Finds the id and the time of a message we sent in Telegram's answer to it; see https://core.telegram.org/method/messages.sendMessage.</summary>
internal static class SentMessageMap
{
    public static SentMessage? Map(IUpdates answer, long randomId) => answer switch
    {
        UpdateShortSentMessage sent => new SentMessage(sent.Id, sent.Date),
        Updates updates => Find(updates.UpdatesValue, updates.Date, randomId),
        UpdatesCombined updates => Find(updates.Updates, updates.Date, randomId),
        _ => null,
    };

    private static SentMessage? Find(IUpdate[] updates, int date, long randomId)
    {
        if (updates.OfType<UpdateMessageID>().FirstOrDefault(update => update.RandomId == randomId) is not { Id: var id })
        {
            return null;
        }

        var message = updates.Select(MessageOf).FirstOrDefault(message => message is not null && MessageMap.IdOf(message) == id);
        return new SentMessage(id, message is null ? date : MessageMap.PlaceOf(message).Date);
    }

    private static IMessage? MessageOf(IUpdate update) => update switch
    {
        UpdateNewMessage added => added.Message,
        UpdateNewChannelMessage added => added.Message,
        _ => null,
    };
}
