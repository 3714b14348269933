using Crm.Application.Ports.Telegram;
using Telegram.Client;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Telegram.Mapping;

/// <summary>Telegram's messages as the CRM's. Service messages ("joined the group") say nothing a customer said, and are left out.</summary>
internal static class MessageMap
{
    public static TelegramMessage? Map(IMessage message) => message is Message said ? Map(said) : null;

    public static IReadOnlyList<TelegramMessage> Map(IEnumerable<IMessage> messages) =>
        [.. messages.Select(Map).OfType<TelegramMessage>()];

    public static int IdOf(IMessage message) => message switch
    {
        Message said => said.Id,
        MessageService service => service.Id,
        MessageEmpty empty => empty.Id,
        _ => 0,
    };

    public static (int Date, IPeer? Peer) PlaceOf(IMessage message) => message switch
    {
        Message said => (said.Date, said.PeerId),
        MessageService service => (service.Date, service.PeerId),
        MessageEmpty empty => (0, empty.PeerId),
        _ => (0, null),
    };

    private static TelegramMessage Map(Message message)
    {
        var dialogId = PeerKey.From(message.PeerId).ToMarkedId();
        long? senderId = message.FromId is { } from ? PeerKey.From(from).ToMarkedId() : null;
        return new TelegramMessage(dialogId, message.Id, message.Out, message.MessageValue, message.Date)
        {
            EditDate = message.EditHide ? null : message.EditDate,
            SenderId = senderId == dialogId ? null : senderId,
        };
    }
}
