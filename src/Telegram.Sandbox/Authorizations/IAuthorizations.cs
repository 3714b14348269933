using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Authorizations;

/// <summary>Who is signed in with which auth key. Kept across restarts; may be called from anywhere at once.</summary>
internal interface IAuthorizations
{
    long? FindUser(long authKeyId);

    /// <summary>Whether the key's user was signed out from elsewhere and has not signed in again.</summary>
    bool WasRevoked(long authKeyId);

    /// <summary>Signs a user in with the caller's key, in the place of whoever was.</summary>
    Authorization Bind(RpcContext context, long userId);

    /// <summary>Signs out; <see langword="false"/> when nobody was signed in.</summary>
    bool Unbind(long authKeyId);

    /// <summary>Everywhere a user is signed in, newest first.</summary>
    IReadOnlyList<Authorization> List(long userId);

    /// <summary>Signs one of a user's devices out; <see langword="false"/> when there is no such one.</summary>
    bool Revoke(long userId, long hash);

    /// <summary>Signs a user out everywhere but on one key, and says of how many.</summary>
    int RevokeAll(long userId, long? exceptAuthKeyId = null);

    /// <summary>Makes a short-lived ticket for one sign-in of the caller's user on another data centre.</summary>
    /// <exception cref="RpcErrorException">401: nobody is signed in.</exception>
    ExportedAuthorization Export(RpcContext context, int toDc);

    /// <summary>Signs the ticket's user in with the caller's key.</summary>
    /// <exception cref="RpcErrorException">400 <c>AUTH_BYTES_INVALID</c>: never made, used, too old, or for another user or data centre.</exception>
    Authorization Import(RpcContext context, long userId, byte[] bytes);
}
