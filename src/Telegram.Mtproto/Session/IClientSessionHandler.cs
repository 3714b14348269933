namespace Telegram.Mtproto.Session;

/// <summary>
/// Hears what a <see cref="ClientSession"/> receives. Spans are valid during the call only. The methods may enqueue and cancel, but not
/// flush or receive.
/// </summary>
public interface IClientSessionHandler
{
    /// <summary>A request is answered.</summary>
    /// <param name="requestId">The number <see cref="ClientSession.Enqueue(ReadOnlySpan{byte}, long)"/> gave.</param>
    /// <param name="result">The answer, inflated, from its constructor number on.</param>
    void OnResult(long requestId, ReadOnlySpan<byte> result);

    /// <summary>A request is answered with <c>rpc_error</c>.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="code">The code, as 420.</param>
    /// <param name="message">The message, as <c>FLOOD_WAIT_3</c>.</param>
    void OnRpcError(long requestId, int code, string message);

    /// <summary>A request will never be answered.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="reason">Why.</param>
    void OnRequestFailed(long requestId, RequestFailure reason);

    /// <summary>Something that is no answer and not MTProto's own: an object of the API's type <c>Updates</c>.</summary>
    /// <param name="update">The object, inflated, from its constructor number on.</param>
    void OnUpdate(ReadOnlySpan<byte> update);

    /// <summary>The server has made the session anew: updates may be lost, they must be fetched. Comes for the first message of a session too.</summary>
    /// <param name="firstMessageId">Messages sent before it were not received; the session sends them again by itself.</param>
    /// <param name="uniqueId">The number the server gave to this making.</param>
    void OnNewSession(long firstMessageId, long uniqueId);

    /// <summary>The server says that it received a request.</summary>
    /// <param name="requestId">The request.</param>
    void OnAcknowledged(long requestId)
    {
    }

    /// <summary>The transport says that a server has a request in its hands; it may still be lost there (<see cref="ClientSession.ReceiveQuickAck"/>).</summary>
    /// <param name="requestId">The request.</param>
    void OnQuickAcknowledged(long requestId)
    {
    }

    /// <summary>A ping is answered.</summary>
    /// <param name="pingId">The number of <see cref="ClientSession.Ping"/>.</param>
    /// <param name="roundTrip">From sending to receiving.</param>
    void OnPong(long pingId, TimeSpan roundTrip)
    {
    }

    /// <summary>Salts have changed; <see cref="ClientSession.ExportState"/> gives them.</summary>
    void OnSaltsChanged()
    {
    }

    /// <summary>The difference between the clocks was corrected.</summary>
    /// <param name="offset">The server's clock minus the local one.</param>
    void OnClockCorrected(TimeSpan offset)
    {
    }

    /// <summary>The session chose a new identifier, because the server accepts no more messages under the old one.</summary>
    /// <param name="sessionId">The new identifier.</param>
    void OnSessionReset(long sessionId)
    {
    }

    /// <summary><see cref="ClientSession.DestroySession"/> is answered.</summary>
    /// <param name="sessionId">The other session.</param>
    /// <param name="existed">Whether the server knew it.</param>
    void OnSessionDestroyed(long sessionId, bool existed)
    {
    }

    /// <summary><see cref="ClientSession.DestroyAuthKey"/> is answered.</summary>
    /// <param name="outcome">What became of the key.</param>
    void OnAuthKeyDestroyed(AuthKeyDestruction outcome)
    {
    }
}

/// <summary>Why a request will never be answered.</summary>
public enum RequestFailure
{
    /// <summary>The server has refused it again and again.</summary>
    Refused,

    /// <summary>Its answer came, but is damaged or larger than allowed.</summary>
    MalformedAnswer,
}

/// <summary>The answers to <c>destroy_auth_key</c>.</summary>
public enum AuthKeyDestruction
{
    /// <summary>The key is gone.</summary>
    Destroyed,

    /// <summary>There was no such key.</summary>
    NotFound,

    /// <summary>The key is still there.</summary>
    Failed,
}
