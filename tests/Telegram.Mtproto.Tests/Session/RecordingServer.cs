using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>Writes down what a server session reports, one line for each call.</summary>
internal sealed class RecordingServer : IServerSessionHandler
{
    public List<string> Events { get; } = [];

    /// <summary>Identifiers of the requests, in the order they came.</summary>
    public List<long> Requests { get; } = [];

    public bool KnowsOtherSessions { get; set; } = true;

    public AuthKeyDestruction Destruction { get; set; }

    public void OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body)
    {
        Requests.Add(messageId);
        Events.Add($"request {sequenceNumber} {Hex.Of(body)}");
    }

    public void OnRequestDropped(long messageId) => Events.Add($"dropped {messageId}");

    public bool OnDestroySession(long sessionId)
    {
        Events.Add($"destroy {sessionId}");
        return KnowsOtherSessions;
    }

    public AuthKeyDestruction OnDestroyAuthKey()
    {
        Events.Add("destroy key");
        return Destruction;
    }

    public void OnMessageRefused(int errorCode) => Events.Add($"refused {errorCode}");
}
