namespace Telegram.Mtproto.Session.Wire;

/// <summary>What a message of ours is, and with that how its answer is recognised.</summary>
internal enum MessageKind
{
    /// <summary>Nothing comes back and nobody waits: acknowledgements, states, notifications.</summary>
    Notice,

    /// <summary>A call of an API method; answered with <c>rpc_result</c>.</summary>
    Request,

    /// <summary><c>auth.bindTempAuthKey</c>: a request whose body names its own identifier.</summary>
    TempKeyBinding,

    /// <summary><c>ping_delay_disconnect</c>; answered with <c>pong</c>.</summary>
    Ping,

    /// <summary><c>get_future_salts</c>; answered with <c>future_salts</c>.</summary>
    FutureSalts,

    /// <summary><c>msgs_state_req</c>; answered with <c>msgs_state_info</c>.</summary>
    StateRequest,

    /// <summary><c>rpc_drop_answer</c>; answered with <c>rpc_result</c>.</summary>
    DropAnswer,

    /// <summary><c>destroy_session</c>.</summary>
    DestroySession,

    /// <summary><c>destroy_auth_key</c>.</summary>
    DestroyAuthKey,

    /// <summary>A server's <c>rpc_result</c>; kept until it is acknowledged.</summary>
    Answer,

    /// <summary>What a server sends unasked and keeps until it is acknowledged.</summary>
    Push,

    /// <summary>What a server answers at once and forgets: <c>pong</c>, <c>future_salts</c>, <c>msgs_state_info</c>.</summary>
    Reply,
}
