using Telegram.Sandbox.Rpc;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Settings clients set and read on their way: accepted, and answered with what a new account has.</summary>
internal sealed class AccountModule : IRpcModule
{
    private const int DaysToLive = 365;

    public void Map(RpcRouter router)
    {
        router.Map<AccountUpdateStatus, bool>((_, _) => true);
        router.Map<AccountRegisterDevice, bool>((_, _) => true);
        router.Map<AccountUnregisterDevice, bool>((_, _) => true);
        router.Map<AccountUpdateDeviceLocked, bool>((_, _) => true);
        router.Map<AccountSetContentSettings, bool>((_, _) => true);
        router.Map<AccountSetContactSignUpNotification, bool>((_, _) => true);
        router.Map<AccountGetContactSignUpNotification, bool>((_, _) => false);
        router.Map<AccountSetAuthorizationTTL, bool>((_, _) => true);
        router.Map<AccountUpdateNotifySettings, bool>((_, _) => true);
        router.Map<AccountGetNotifySettings, PeerNotifySettings>((_, _) => new PeerNotifySettings());
        router.Map<AccountGetPrivacy, AccountPrivacyRules>(
            (_, _) => new AccountPrivacyRules { Rules = [new PrivacyValueAllowAll()], Chats = [], Users = [] });
        router.Map<AccountGetAccountTTL, AccountDaysTTL>((_, _) => new AccountDaysTTL { Days = DaysToLive });
        router.Map<AccountGetContentSettings, AccountContentSettings>((_, _) => new AccountContentSettings());
        router.Map<AccountGetGlobalPrivacySettings, GlobalPrivacySettings>((_, _) => new GlobalPrivacySettings());
        router.Map<AccountGetThemes, IAccountThemes>((_, _) => new AccountThemes { Hash = 0, Themes = [] });
        router.Map<AccountGetChatThemes, IAccountThemes>((_, _) => new AccountThemes { Hash = 0, Themes = [] });
        router.Map<AccountGetDefaultEmojiStatuses, IAccountEmojiStatuses>((_, _) => new AccountEmojiStatuses { Hash = 0, Statuses = [] });
        router.Map<AccountGetSavedRingtones, IAccountSavedRingtones>((_, _) => new AccountSavedRingtones { Hash = 0, Ringtones = [] });
        router.Map<AccountGetReactionsNotifySettings, ReactionsNotifySettings>(
            (_, _) => new ReactionsNotifySettings { Sound = new NotificationSoundDefault(), ShowPreviews = true });
    }
}
