using Microsoft.Extensions.Logging;

namespace Telegram.Client;

/// <summary>What the client logs: what happened to connections and updates, never whose or what they carried.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(1, LogLevel.Debug, "Connected to data centre {DataCenter} at {Address}.")]
    public static partial void Connected(ILogger logger, int dataCenter, System.Net.IPEndPoint address);

    [LoggerMessage(2, LogLevel.Information, "Connection to data centre {DataCenter} ended ({Reason}); next try in {Delay}.")]
    public static partial void Reconnecting(ILogger logger, int dataCenter, string reason, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Information, "A new authorization key was made with data centre {DataCenter}.")]
    public static partial void KeyMade(ILogger logger, int dataCenter);

    [LoggerMessage(4, LogLevel.Warning, "Telegram ended the session: {Reason}.")]
    public static partial void SessionEnded(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Information, "The account moves to data centre {DataCenter}.")]
    public static partial void Migrating(ILogger logger, int dataCenter);

    [LoggerMessage(6, LogLevel.Warning, "A payload from data centre {DataCenter} was refused: {Reason}.")]
    public static partial void PayloadRefused(ILogger logger, int dataCenter, string reason);

    [LoggerMessage(7, LogLevel.Warning, "An update could not be read ({Error}); the difference is asked for.")]
    public static partial void UpdateUnreadable(ILogger logger, string error);

    [LoggerMessage(8, LogLevel.Information, "Asking for a {Request} failed ({Error}); it is tried again.")]
    public static partial void DifferenceFailed(ILogger logger, string request, string error);

    [LoggerMessage(12, LogLevel.Warning, "The answer to a {Request} could not be read; the second time, what it holds is passed over and to be read anew.")]
    public static partial void DifferenceUnreadable(ILogger logger, string request);

    [LoggerMessage(13, LogLevel.Warning, "Salts and clock offset could not be stored; they will be learnt anew.")]
    public static partial void StateNotSaved(ILogger logger, Exception error);

    [LoggerMessage(9, LogLevel.Error, "The flow of updates ended.")]
    public static partial void UpdatesFailed(ILogger logger, Exception error);

    [LoggerMessage(10, LogLevel.Debug, "The configuration could not be refreshed ({Error}).")]
    public static partial void ConfigFailed(ILogger logger, string error);

    [LoggerMessage(11, LogLevel.Error, "The connection to data centre {DataCenter} failed in an unexpected way.")]
    public static partial void ConnectionFailed(ILogger logger, int dataCenter, Exception error);
}
