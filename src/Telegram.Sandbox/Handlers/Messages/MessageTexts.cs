using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>What a text has to be like.</summary>
internal static class MessageTexts
{
    /// <summary>Checks length and formatting.</summary>
    /// <exception cref="RpcErrorException">400 MESSAGE_EMPTY, MESSAGE_TOO_LONG or ENTITY_BOUNDS_INVALID.</exception>
    public static void Check(string text, IMessageEntity[]? entities)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw RpcErrorException.BadRequest("MESSAGE_EMPTY");
        }

        if (text.Length > PeopleControl.MaxTextLength)
        {
            throw RpcErrorException.BadRequest("MESSAGE_TOO_LONG");
        }

        if (entities is not null && Array.Exists(entities, entity => !IsWithin(entity, text.Length)))
        {
            throw RpcErrorException.BadRequest("ENTITY_BOUNDS_INVALID");
        }
    }

    // Offsets and lengths are in UTF-16 units, as C#'s are.
    private static bool IsWithin(IMessageEntity entity, int length)
    {
        var (offset, count) = entity switch
        {
            MessageEntityBold bold => (bold.Offset, bold.Length),
            MessageEntityItalic italic => (italic.Offset, italic.Length),
            MessageEntityUnderline underline => (underline.Offset, underline.Length),
            MessageEntityStrike strike => (strike.Offset, strike.Length),
            MessageEntityCode code => (code.Offset, code.Length),
            MessageEntityPre pre => (pre.Offset, pre.Length),
            MessageEntityTextUrl link => (link.Offset, link.Length),
            MessageEntityUrl url => (url.Offset, url.Length),
            MessageEntitySpoiler spoiler => (spoiler.Offset, spoiler.Length),
            MessageEntityBlockquote quote => (quote.Offset, quote.Length),
            MessageEntityCustomEmoji emoji => (emoji.Offset, emoji.Length),
            _ => (0, 1),
        };
        return offset >= 0 && count > 0 && (long)offset + count <= length;
    }
}
