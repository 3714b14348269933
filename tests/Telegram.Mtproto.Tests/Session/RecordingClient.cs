using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>Writes down what a client session reports, one line for each call.</summary>
internal sealed class RecordingClient : IClientSessionHandler
{
    public List<string> Events { get; } = [];

    /// <summary>Called with each event, to act while the session is receiving.</summary>
    public Action<string>? During { get; set; }

    public void OnResult(long requestId, ReadOnlySpan<byte> result) => Note($"result {requestId} {Hex.Of(result)}");

    public void OnRpcError(long requestId, int code, string message) => Note($"error {requestId} {code} {message}");

    public void OnRequestFailed(long requestId, RequestFailure reason) => Note($"failed {requestId} {reason}");

    public void OnUpdate(ReadOnlySpan<byte> update) => Note($"update {Hex.Of(update)}");

    public void OnNewSession(long firstMessageId, long uniqueId) => Note($"new session {firstMessageId} {uniqueId}");

    public void OnAcknowledged(long requestId) => Note($"acknowledged {requestId}");

    public void OnQuickAcknowledged(long requestId) => Note($"quick {requestId}");

    public void OnPong(long pingId, TimeSpan roundTrip) => Note($"pong {pingId} {roundTrip.TotalMilliseconds:0}");

    public void OnSaltsChanged() => Note("salts");

    public void OnClockCorrected(TimeSpan offset) => Note($"clock {offset.TotalSeconds:0}");

    public void OnSessionReset(long sessionId) => Note("session reset");

    public void OnSessionDestroyed(long sessionId, bool existed) => Note($"session destroyed {sessionId} {existed}");

    public void OnAuthKeyDestroyed(AuthKeyDestruction outcome) => Note($"key destroyed {outcome}");

    private void Note(string line)
    {
        Events.Add(line);
        During?.Invoke(line);
    }
}
