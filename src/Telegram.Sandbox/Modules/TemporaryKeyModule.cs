using Telegram.Mtproto.Handshake;
using Telegram.Sandbox.Keys;
using Telegram.Sandbox.Rpc;
using Telegram.Tl.Functions;

namespace Telegram.Sandbox.Modules;

/// <summary>Binds a temporary key to a permanent one (<see href="https://core.telegram.org/api/pfs"/>).</summary>
internal sealed class TemporaryKeyModule(AuthKeyStore keys) : IRpcModule
{
    public void Map(RpcRouter router) => router.Map<AuthBindTempAuthKey, bool>(Bind, RpcAccess.Anyone);

    private bool Bind(AuthBindTempAuthKey function, RpcContext context)
    {
        if (context.TransportKey is not { IsTemporary: true } temporary)
        {
            throw RpcErrorException.BadRequest("TEMP_AUTH_KEY_EMPTY");
        }

        if (temporary.PermanentId is { } bound && bound != function.PermAuthKeyId)
        {
            throw RpcErrorException.BadRequest("TEMP_AUTH_KEY_ALREADY_BOUND");
        }

        if (function.ExpiresAt <= context.Time.GetUtcNow().ToUnixTimeSeconds())
        {
            throw RpcErrorException.BadRequest("EXPIRES_AT_INVALID");
        }

        var permanent = keys.Find(context.DcId, function.PermAuthKeyId);
        if (permanent is null or { IsTemporary: true } || !TempKeyBinding.TryVerify(
            permanent.Key,
            function.EncryptedMessage,
            context.MessageId,
            function.Nonce,
            temporary.Id,
            context.SessionId,
            function.ExpiresAt))
        {
            throw RpcErrorException.BadRequest("ENCRYPTED_MESSAGE_INVALID");
        }

        keys.Bind(temporary, permanent.Id);
        return true;
    }
}
