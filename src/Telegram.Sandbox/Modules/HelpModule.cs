using Telegram.Sandbox.Rpc;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Modules;

/// <summary>What a client asks about the server before anything else.</summary>
internal sealed class HelpModule(Func<IReadOnlyList<SandboxDataCenter>> dataCenters) : IRpcModule
{
    // Any number but 0, which clients send when they have no configuration yet. It changes when the content does.
    private const int AppConfigHash = 1;

    private static readonly TimeSpan ConfigLifetime = TimeSpan.FromHours(1);

    public void Map(RpcRouter router)
    {
        router.Map<HelpGetConfig, Config>((_, context) => GetConfig(context), RpcAccess.Anyone);
        router.Map<HelpGetNearestDc, NearestDc>((_, context) => GetNearestDc(context), RpcAccess.Anyone);
        router.Map<HelpGetAppConfig, IHelpAppConfig>((function, _) => GetAppConfig(function), RpcAccess.Anyone);
    }

    private static NearestDc GetNearestDc(RpcContext context) => new() { Country = "US", ThisDc = context.DcId, NearestDcValue = 2 };

    private static IHelpAppConfig GetAppConfig(HelpGetAppConfig function) => function.Hash == AppConfigHash
        ? new HelpAppConfigNotModified()
        : new HelpAppConfig { Hash = AppConfigHash, Config = new JsonObject { Value = [] } };

    private Config GetConfig(RpcContext context)
    {
        var now = context.Time.GetUtcNow();
        return new Config
        {
            Date = (int)now.ToUnixTimeSeconds(),
            Expires = (int)(now + ConfigLifetime).ToUnixTimeSeconds(),
            TestMode = false,
            ThisDc = context.DcId,
            DcOptions = [.. dataCenters().Select(Option)],
            DcTxtDomainName = "",
            ChatSizeMax = 200,
            MegagroupSizeMax = 200_000,
            ForwardedCountMax = 100,
            OnlineUpdatePeriodMs = 210_000,
            OfflineBlurTimeoutMs = 5_000,
            OfflineIdleTimeoutMs = 30_000,
            OnlineCloudTimeoutMs = 300_000,
            NotifyCloudDelayMs = 30_000,
            NotifyDefaultDelayMs = 1_500,
            PushChatPeriodMs = 60_000,
            PushChatLimit = 2,
            EditTimeLimit = 172_800,
            RevokeTimeLimit = int.MaxValue,
            RevokePmTimeLimit = int.MaxValue,
            RatingEDecay = 2_419_200,
            StickersRecentLimit = 200,
            ChannelsReadMediaPeriod = 604_800,
            CallReceiveTimeoutMs = 20_000,
            CallRingTimeoutMs = 90_000,
            CallConnectTimeoutMs = 30_000,
            CallPacketTimeoutMs = 10_000,
            MeUrlPrefix = "https://t.me/",
            CaptionLengthMax = 1_024,
            MessageLengthMax = 4_096,
            WebfileDcId = 2,
        };
    }

    private static DcOption Option(SandboxDataCenter one) => new()
    {
        Id = one.Id,
        IpAddress = $"{one.EndPoint.Address}",
        Port = one.EndPoint.Port,
        Static = true,
        ThisPortOnly = true,
    };
}
