using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Scripted;

/// <summary>Answers for scripted servers.</summary>
internal static class Api
{
    public const long Self = 100;

    /// <summary>Answers what every client asks, and holds back everything else.</summary>
    public static byte[]? Default(ITlFunction function) => function switch
    {
        HelpGetConfig => TlSerializer.ToBytes(Config()),
        UpdatesGetDifference difference => TlSerializer.ToBytes(new UpdatesDifferenceEmpty { Date = difference.Date, Seq = 3 }),
        UsersGetUsers users => TlSerializer.ResultToBytes(users, [User()]),
        _ => null,
    };

    public static byte[] Bytes(ITlObject result) => TlSerializer.ToBytes(result);

    public static User User(long id = Self) => new() { Id = id, Self = true, AccessHash = 1, FirstName = "Operator" };

    public static AuthAuthorization Authorization() => new() { User = User() };

    public static NearestDc Nearest() => new() { Country = "XX", ThisDc = 2, NearestDcValue = 2 };

    public static Config Config() => new()
    {
        Date = 0,
        Expires = 3600,
        TestMode = false,
        ThisDc = 2,
        DcOptions = [],
        DcTxtDomainName = "",
        ChatSizeMax = 0,
        MegagroupSizeMax = 0,
        ForwardedCountMax = 0,
        OnlineUpdatePeriodMs = 0,
        OfflineBlurTimeoutMs = 0,
        OfflineIdleTimeoutMs = 0,
        OnlineCloudTimeoutMs = 0,
        NotifyCloudDelayMs = 0,
        NotifyDefaultDelayMs = 0,
        PushChatPeriodMs = 0,
        PushChatLimit = 0,
        EditTimeLimit = 0,
        RevokeTimeLimit = 0,
        RevokePmTimeLimit = 0,
        RatingEDecay = 0,
        StickersRecentLimit = 0,
        ChannelsReadMediaPeriod = 0,
        CallReceiveTimeoutMs = 0,
        CallRingTimeoutMs = 0,
        CallConnectTimeoutMs = 0,
        CallPacketTimeoutMs = 0,
        MeUrlPrefix = "",
        CaptionLengthMax = 0,
        MessageLengthMax = 0,
        WebfileDcId = 0,
    };
}
