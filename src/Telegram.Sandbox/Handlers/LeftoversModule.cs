using Telegram.Sandbox.Rpc;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>What clients ask in passing and the world has nothing of: an honest empty answer each.</summary>
internal sealed class LeftoversModule : IRpcModule
{
    private const int HalfADay = 43_200;

    public void Map(RpcRouter router)
    {
        MapHelp(router);
        MapLanguages(router);
        MapMessages(router);
        MapStickers(router);
    }

    private static void MapHelp(RpcRouter router)
    {
        router.Map<HelpGetAppUpdate, IHelpAppUpdate>((_, _) => new HelpNoAppUpdate(), RpcAccess.Anyone);
        router.Map<HelpGetInviteText, HelpInviteText>((_, _) => new HelpInviteText { Message = "Join us in the sandbox." });
        router.Map<HelpGetTermsOfServiceUpdate, IHelpTermsOfServiceUpdate>(
            (_, context) => new HelpTermsOfServiceUpdateEmpty { Expires = Later(context) });
        router.Map<HelpGetPromoData, IHelpPromoData>((_, context) => new HelpPromoDataEmpty { Expires = Later(context) });
        router.Map<HelpGetCdnConfig, CdnConfig>((_, _) => new CdnConfig { PublicKeys = [] }, RpcAccess.Anyone);
        router.Map<HelpGetCountriesList, IHelpCountriesList>((_, _) => new HelpCountriesList { Countries = [], Hash = 0 }, RpcAccess.Anyone);
        router.Map<HelpGetTimezonesList, IHelpTimezonesList>((_, _) => new HelpTimezonesList { Timezones = [], Hash = 0 });
        router.Map<HelpGetPeerColors, IHelpPeerColors>((_, _) => new HelpPeerColors { Hash = 0, Colors = [] });
        router.Map<HelpGetPeerProfileColors, IHelpPeerColors>((_, _) => new HelpPeerColors { Hash = 0, Colors = [] });
        router.Map<HelpGetDeepLinkInfo, IHelpDeepLinkInfo>((_, _) => new HelpDeepLinkInfoEmpty(), RpcAccess.Anyone);
        router.Map<HelpDismissSuggestion, bool>((_, _) => true);
        router.Map<HelpSaveAppLog, bool>((_, _) => true, RpcAccess.Anyone);
    }

    private static void MapLanguages(RpcRouter router)
    {
        router.Map<LangpackGetLangPack, LangPackDifference>((request, _) => Language(request.LangCode, fromVersion: 0), RpcAccess.Anyone);
        router.Map<LangpackGetDifference, LangPackDifference>((request, _) => Language(request.LangCode, request.FromVersion), RpcAccess.Anyone);
        router.Map<LangpackGetStrings, ILangPackString[]>((_, _) => Array.Empty<ILangPackString>(), RpcAccess.Anyone);
        router.Map<LangpackGetLanguages, LangPackLanguage[]>((_, _) => Array.Empty<LangPackLanguage>(), RpcAccess.Anyone);
        router.Map<LangpackGetLanguage, LangPackLanguage>(NoLanguage, RpcAccess.Anyone);
    }

    private static void MapMessages(RpcRouter router)
    {
        router.Map<MessagesGetPeerSettings, MessagesPeerSettings>(
            (_, _) => new MessagesPeerSettings { Settings = new PeerSettings(), Chats = [], Users = [] });
        router.Map<MessagesSaveDraft, bool>((_, _) => true);
        router.Map<MessagesGetDefaultHistoryTTL, DefaultHistoryTTL>((_, _) => new DefaultHistoryTTL { Period = 0 });
        router.Map<MessagesGetOnlines, ChatOnlines>((_, _) => new ChatOnlines { Onlines = 1 });
        router.Map<MessagesGetAttachMenuBots, IAttachMenuBots>((_, _) => new AttachMenuBots { Hash = 0, Bots = [], Users = [] });
        router.Map<MessagesGetQuickReplies, IMessagesQuickReplies>(
            (_, _) => new MessagesQuickReplies { QuickReplies = [], Messages = [], Chats = [], Users = [] });
        router.Map<MessagesGetSavedDialogs, IMessagesSavedDialogs>((_, _) => NoSavedDialogs());
        router.Map<MessagesGetPinnedSavedDialogs, IMessagesSavedDialogs>((_, _) => NoSavedDialogs());
        router.Map<MessagesGetSponsoredMessages, IMessagesSponsoredMessages>((_, _) => new MessagesSponsoredMessagesEmpty());
        router.Map<StoriesGetAllStories, IStoriesAllStories>((_, _) => new StoriesAllStories
        {
            Count = 0,
            State = "",
            PeerStories = [],
            Chats = [],
            Users = [],
            StealthMode = new StoriesStealthMode(),
        });
    }

    private static void MapStickers(RpcRouter router)
    {
        router.Map<MessagesGetAllStickers, IMessagesAllStickers>((_, _) => new MessagesAllStickers { Hash = 0, Sets = [] });
        router.Map<MessagesGetEmojiStickers, IMessagesAllStickers>((_, _) => new MessagesAllStickers { Hash = 0, Sets = [] });
        router.Map<MessagesGetFeaturedStickers, IMessagesFeaturedStickers>(
            (_, _) => new MessagesFeaturedStickers { Hash = 0, Count = 0, Sets = [], Unread = [] });
        router.Map<MessagesGetRecentStickers, IMessagesRecentStickers>(
            (_, _) => new MessagesRecentStickers { Hash = 0, Packs = [], Stickers = [], Dates = [] });
        router.Map<MessagesGetFavedStickers, IMessagesFavedStickers>((_, _) => new MessagesFavedStickers { Hash = 0, Packs = [], Stickers = [] });
        router.Map<MessagesGetSavedGifs, IMessagesSavedGifs>((_, _) => new MessagesSavedGifs { Hash = 0, Gifs = [] });
        router.Map<MessagesGetAvailableReactions, IMessagesAvailableReactions>(
            (_, _) => new MessagesAvailableReactions { Hash = 0, Reactions = [] });
        router.Map<MessagesGetTopReactions, IMessagesReactions>((_, _) => new MessagesReactions { Hash = 0, Reactions = [] });
        router.Map<MessagesGetRecentReactions, IMessagesReactions>((_, _) => new MessagesReactions { Hash = 0, Reactions = [] });
        router.Map<MessagesGetAvailableEffects, IMessagesAvailableEffects>(
            (_, _) => new MessagesAvailableEffects { Hash = 0, Effects = [], Documents = [] });
    }

    private static MessagesSavedDialogs NoSavedDialogs() => new() { Dialogs = [], Messages = [], Chats = [], Users = [] };

    private static LangPackDifference Language(string code, int fromVersion) =>
        new() { LangCode = code, FromVersion = fromVersion, Version = 1, Strings = [] };

    private static LangPackLanguage NoLanguage(LangpackGetLanguage request, RpcContext context) =>
        throw RpcErrorException.BadRequest("LANG_CODE_NOT_SUPPORTED");

    private static int Later(RpcContext context) => (int)context.Time.GetUtcNow().ToUnixTimeSeconds() + HalfADay;
}
