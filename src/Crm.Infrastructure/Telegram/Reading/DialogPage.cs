using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Telegram.Mapping;
using Telegram.Client;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Telegram.Reading;

/// <summary>One page of the list of dialogs, with the messages and peers it names.</summary>
internal sealed class DialogPage(IDialog[] dialogs, IMessage[] messages, IReadOnlyList<TelegramPeer> peers, bool IsLast)
{
    private readonly Dictionary<long, TelegramPeer> _peers = peers.ToDictionary(peer => peer.DialogId);

    private readonly Dictionary<(long DialogId, int MessageId), IMessage> _messages = messages
        .Where(message => MessageMap.PlaceOf(message).Peer is not null)
        .GroupBy(message => (PeerKey.From(MessageMap.PlaceOf(message).Peer!).ToMarkedId(), MessageMap.IdOf(message)))
        .ToDictionary(group => group.Key, group => group.First());

    public IDialog[] Dialogs { get; } = dialogs;

    public bool IsLast { get; } = IsLast;

    public IEnumerable<TelegramDialog> Map()
    {
        foreach (var dialog in Dialogs.OfType<Dialog>())
        {
            var id = PeerKey.From(dialog.Peer).ToMarkedId();
            if (_peers.TryGetValue(id, out var peer))
            {
                var message = _messages.GetValueOrDefault((id, dialog.TopMessage));
                yield return new TelegramDialog(peer, dialog.UnreadCount, message is null ? null : MessageMap.Map(message))
                {
                    TopId = dialog.TopMessage,
                    TopDate = message is null ? 0 : MessageMap.PlaceOf(message).Date,
                };
            }
        }
    }

    /// <summary>The last dialog whose top message has a date is where the next page begins.</summary>
    public Offset? NextOffset()
    {
        foreach (var dialog in Dialogs.OfType<Dialog>().Reverse())
        {
            var key = PeerKey.From(dialog.Peer);
            if (_messages.TryGetValue((key.ToMarkedId(), dialog.TopMessage), out var top) && MessageMap.PlaceOf(top).Date is var date and > 0)
            {
                var hash = _peers.TryGetValue(key.ToMarkedId(), out var peer) ? peer.AccessHash ?? 0 : 0;
                return new Offset(date, dialog.TopMessage, key.ToInputPeer(hash));
            }
        }

        return null;
    }
}
