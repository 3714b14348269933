using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Handlers;

/// <summary>The phone of a sign-in.</summary>
internal static class PhoneNumbers
{
    /// <summary>Its digits, once they are of a form one can sign in with, on the data centre it belongs to.</summary>
    /// <exception cref="RpcErrorException">400 PHONE_NUMBER_INVALID or 303 PHONE_MIGRATE_X.</exception>
    public static string Require(string phone, RpcContext context, out long userId)
    {
        if (Phones.Normalize(phone) is not { } digits || !Phones.TryParse(digits, out var dc, out userId))
        {
            throw RpcErrorException.BadRequest("PHONE_NUMBER_INVALID");
        }

        return dc == context.DcId ? digits : throw RpcErrorException.PhoneMigrate(dc);
    }
}
