using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>Requests with the arguments most tests leave alone.</summary>
internal static class Requests
{
    public static MessagesGetDialogs Dialogs(int limit = 100, int offsetDate = 0, int offsetId = 0, IInputPeer? offsetPeer = null) => new()
    {
        OffsetDate = offsetDate,
        OffsetId = offsetId,
        OffsetPeer = offsetPeer ?? new InputPeerEmpty(),
        Limit = limit,
        Hash = 0,
    };

    public static MessagesGetHistory History(IInputPeer peer, int offsetId = 0, int addOffset = 0, int limit = 100, long hash = 0) => new()
    {
        Peer = peer,
        OffsetId = offsetId,
        OffsetDate = 0,
        AddOffset = addOffset,
        Limit = limit,
        MaxId = 0,
        MinId = 0,
        Hash = hash,
    };

    public static MessagesSendMessage Send(IInputPeer peer, string text, long randomId) => new() { Peer = peer, Message = text, RandomId = randomId };

    public static AuthSendCode SendCode(string phone) => new()
    {
        PhoneNumber = phone,
        ApiId = 1,
        ApiHash = "0123456789abcdef0123456789abcdef",
        Settings = new CodeSettings(),
    };
}
