using Crm.Application.Ports.Telegram;
using Crm.Domain.Dialogs;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Telegram.Mapping;

/// <summary>Telegram's users and chats as the CRM's peers.</summary>
internal static class PeerMap
{
    public static IReadOnlyList<TelegramPeer> Map(IEnumerable<IUser> users, IEnumerable<IChat> chats)
    {
        var peers = new List<TelegramPeer>();
        peers.AddRange(users.OfType<User>().Where(user => user.Id > 0).Select(Map));
        peers.AddRange(chats.Select(Map).OfType<TelegramPeer>());
        return peers;
    }

    /// <summary>Each peer once, as it was named last; what only an earlier naming told is kept.</summary>
    public static IReadOnlyList<TelegramPeer> Merge(IReadOnlyList<TelegramPeer> peers)
    {
        if (peers.Count < 2)
        {
            return peers;
        }

        var merged = new OrderedDictionary<long, TelegramPeer>();
        foreach (var peer in peers)
        {
            merged[peer.DialogId] = merged.TryGetValue(peer.DialogId, out var earlier)
                ? peer with { Phone = peer.Phone ?? earlier.Phone, AccessHash = peer.AccessHash ?? earlier.AccessHash }
                : peer;
        }

        return [.. merged.Values];
    }

    public static TelegramUser ToTelegramUser(User user) => new()
    {
        Id = user.Id,
        Username = UsernameOf(user.Username, user.Usernames),
        Phone = user.Phone,
        FirstName = user.FirstName,
        LastName = user.LastName,
    };

    // The hash of a "min" user is good only together with the message that named it; a stored one must not be replaced by it.
    // https://core.telegram.org/api/min
    private static TelegramPeer Map(User user) => new(
        DialogId.FromUser(user.Id).Value,
        user.Bot ? DialogType.Bot : DialogType.User,
        NameOf(user),
        UsernameOf(user.Username, user.Usernames),
        user.Phone,
        user.Min ? null : user.AccessHash);

    private static TelegramPeer? Map(IChat chat) => chat switch
    {
        Chat group => new(DialogId.FromChat(group.Id).Value, DialogType.Group, group.Title, null, null, 0),
        ChatForbidden group => new(DialogId.FromChat(group.Id).Value, DialogType.Group, group.Title, null, null, 0),
        Channel channel => new(
            DialogId.FromChannel(channel.Id).Value,
            TypeOf(channel.Broadcast),
            channel.Title,
            UsernameOf(channel.Username, channel.Usernames),
            null,
            channel.Min ? null : channel.AccessHash),
        ChannelForbidden channel => new(
            DialogId.FromChannel(channel.Id).Value, TypeOf(channel.Broadcast), channel.Title, null, null, channel.AccessHash),
        _ => null,
    };

    private static DialogType TypeOf(bool broadcast) => broadcast ? DialogType.Channel : DialogType.Group;

    private static string NameOf(User user) => string.Join(' ', new[] { user.FirstName, user.LastName }.Where(part => !string.IsNullOrEmpty(part)));

    private static string? UsernameOf(string? username, IEnumerable<Username>? others) =>
        username ?? others?.FirstOrDefault(other => other.Active)?.UsernameValue;
}
