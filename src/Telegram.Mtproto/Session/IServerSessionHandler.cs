namespace Telegram.Mtproto.Session;

/// <summary>
/// Hears what a <see cref="ServerSession"/> receives. Spans are valid during the call only. The methods may send answers, but not flush or
/// receive.
/// </summary>
public interface IServerSessionHandler
{
    /// <summary>A request to be carried out: anything that is not MTProto's own.</summary>
    /// <param name="messageId">Its identifier, to answer it by.</param>
    /// <param name="sequenceNumber">Its sequence number.</param>
    /// <param name="body">The call, inflated, from its constructor number on.</param>
    void OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body);

    /// <summary>The client does not want the answer of a running request any more; it was told so already.</summary>
    /// <param name="messageId">The request.</param>
    void OnRequestDropped(long messageId);

    /// <summary>The client wants another session of its key to be forgotten.</summary>
    /// <param name="sessionId">The other session.</param>
    /// <returns>Whether there was such a session, which is now gone.</returns>
    bool OnDestroySession(long sessionId);

    /// <summary>The client wants its key to be forgotten, after the answer is sent.</summary>
    /// <returns>What the answer says.</returns>
    AuthKeyDestruction OnDestroyAuthKey();

    /// <summary>A message was refused with <c>bad_msg_notification</c> or <c>bad_server_salt</c>.</summary>
    /// <param name="errorCode">The code, as 48.</param>
    void OnMessageRefused(int errorCode)
    {
    }
}

/// <summary>What a server session knows of a request.</summary>
public enum RequestState
{
    /// <summary>It was not received, or so long ago that it is forgotten.</summary>
    Unknown,

    /// <summary>It waits for its answer.</summary>
    Running,

    /// <summary>It is answered, or its answer was dropped.</summary>
    Answered,
}
