namespace Telegram.Mtproto.Handshake;

/// <summary>How far a client's handshake is.</summary>
public enum HandshakeState
{
    /// <summary>Nothing was sent.</summary>
    Created,

    /// <summary><c>req_pq_multi</c> was sent.</summary>
    AwaitingResPq,

    /// <summary><c>req_DH_params</c> was sent.</summary>
    AwaitingDhParams,

    /// <summary><c>set_client_DH_params</c> was sent.</summary>
    AwaitingDhAnswer,

    /// <summary>There is a key.</summary>
    Completed,

    /// <summary>There will be no key.</summary>
    Failed,
}
