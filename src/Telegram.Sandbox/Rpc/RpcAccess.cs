namespace Telegram.Sandbox.Rpc;

/// <summary>Who may call a method.</summary>
internal enum RpcAccess
{
    /// <summary>A signed-in user on the data centre the account lives on.</summary>
    User,

    /// <summary>A signed-in user on any data centre, the home one or one the authorization was imported to.</summary>
    UserAnywhere,

    /// <summary>Anyone, before sign-in too.</summary>
    Anyone,
}
