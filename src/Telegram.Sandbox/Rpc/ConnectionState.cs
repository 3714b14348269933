using Telegram.Sandbox.Keys;
using Telegram.Tl;
using Telegram.Tl.Functions;

namespace Telegram.Sandbox.Rpc;

/// <summary>
/// The rule that a client names its layer and itself before it asks for anything
/// (<see href="https://core.telegram.org/api/invoking#saving-client-info"/>). What it said holds for its key from then on.
/// </summary>
internal static class ConnectionState
{
    private static readonly ClientInfo Unknown = new(TlRegistry.Layer, 0, "", "", "", "", "", "");

    /// <summary>What the client has said of itself, with this call or before.</summary>
    /// <exception cref="RpcErrorException">The client has not said enough, or speaks another layer.</exception>
    public static ClientInfo Require(RpcCall call, ServerAuthKey key, AuthKeyStore keys)
    {
        var known = keys.ClientOf(key);
        var layer = call.Layer ?? known?.Layer;
        if (call.Layer is { } named && named != TlRegistry.Layer)
        {
            throw RpcErrorException.BadRequest("CONNECTION_LAYER_INVALID");
        }

        if (call.Init is { } init)
        {
            var described = Describe(init, layer ?? throw RpcErrorException.BadRequest("CONNECTION_LAYER_INVALID"));
            keys.Describe(key, described);
            return described;
        }

        // A temporary key is bound before anything else is said.
        return known ?? (call.Function is AuthBindTempAuthKey ? Unknown : throw RpcErrorException.BadRequest("CONNECTION_NOT_INITED"));
    }

    private static ClientInfo Describe(InitConnection init, int layer)
    {
        if (init.ApiId <= 0)
        {
            throw RpcErrorException.BadRequest("API_ID_INVALID");
        }

        return new ClientInfo(
            layer,
            init.ApiId,
            Short(init.DeviceModel, "CONNECTION_DEVICE_MODEL_EMPTY"),
            Short(init.SystemVersion, "CONNECTION_SYSTEM_EMPTY"),
            Short(init.AppVersion, "CONNECTION_APP_VERSION_EMPTY"),
            Short(init.SystemLangCode),
            Short(init.LangPack),
            Short(init.LangCode));
    }

    /// <summary>These are kept with the key, so a client can't be allowed to make them large.</summary>
    private static string Short(string text, string? errorWhenEmpty = null)
    {
        const int maxLength = 256;
        if (text.Length == 0 && errorWhenEmpty is not null)
        {
            throw RpcErrorException.BadRequest(errorWhenEmpty);
        }

        return text.Length <= maxLength ? text : text[..maxLength];
    }
}
