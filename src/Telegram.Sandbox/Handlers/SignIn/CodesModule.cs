using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Asking for a sign-in code (https://core.telegram.org/api/auth).</summary>
internal sealed class CodesModule(SignInDesk desk) : IRpcModule
{
    private const int ApiHashLength = 32;

    /// <summary>Seconds until the next way may be asked for.</summary>
    private const int Timeout = 60;

    public void Map(RpcRouter router)
    {
        router.Map<AuthSendCode, IAuthSentCode>(SendCode, RpcAccess.Anyone);
        router.Map<AuthResendCode, IAuthSentCode>(ResendCode, RpcAccess.Anyone);
        router.Map<AuthCancelCode, bool>(CancelCode, RpcAccess.Anyone);
        router.Map<AuthImportBotAuthorization, IAuthAuthorization>(RefuseBot, RpcAccess.Anyone);
    }

    private IAuthSentCode SendCode(AuthSendCode request, RpcContext context)
    {
        if (request.ApiId <= 0 || request.ApiHash.Length != ApiHashLength || !request.ApiHash.All(char.IsAsciiHexDigit))
        {
            throw RpcErrorException.BadRequest("API_ID_INVALID");
        }

        var phone = PhoneNumbers.Require(request.PhoneNumber, context, out _);
        return new AuthSentCode
        {
            Type = new AuthSentCodeTypeApp { Length = Phones.CodeLength },
            PhoneCodeHash = desk.Send(phone),
            NextType = new AuthCodeTypeSms(),
            Timeout = Timeout,
        };
    }

    private IAuthSentCode ResendCode(AuthResendCode request, RpcContext context)
    {
        var phone = PhoneNumbers.Require(request.PhoneNumber, context, out _);
        RequireHash(request.PhoneCodeHash);
        return desk.Resend(phone, request.PhoneCodeHash) switch
        {
            null => throw RpcErrorException.BadRequest("PHONE_CODE_EXPIRED"),
            false => throw new RpcErrorException(406, "SEND_CODE_UNAVAILABLE"),
            true => new AuthSentCode
            {
                Type = new AuthSentCodeTypeSms { Length = Phones.CodeLength },
                PhoneCodeHash = request.PhoneCodeHash,
                Timeout = Timeout,
            },
        };
    }

    private bool CancelCode(AuthCancelCode request, RpcContext context)
    {
        var phone = PhoneNumbers.Require(request.PhoneNumber, context, out _);
        RequireHash(request.PhoneCodeHash);
        return desk.Cancel(phone, request.PhoneCodeHash) ? true : throw RpcErrorException.BadRequest("PHONE_CODE_EXPIRED");
    }

    // Nobody here has made a bot of one's own.
    private static IAuthAuthorization RefuseBot(AuthImportBotAuthorization request, RpcContext context) =>
        throw RpcErrorException.BadRequest("ACCESS_TOKEN_INVALID");

    private static void RequireHash(string hash)
    {
        if (hash.Length == 0)
        {
            throw RpcErrorException.BadRequest("PHONE_CODE_HASH_EMPTY");
        }
    }
}
