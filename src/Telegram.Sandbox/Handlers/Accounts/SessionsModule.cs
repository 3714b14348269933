using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using TlAuthorization = Telegram.Tl.Types.Authorization;

namespace Telegram.Sandbox.Handlers;

/// <summary>Where an account is signed in.</summary>
internal sealed class SessionsModule(IAuthorizations authorizations) : IRpcModule
{
    private const int DaysToLive = 180;

    public void Map(RpcRouter router)
    {
        router.Map<AccountGetAuthorizations, AccountAuthorizations>(GetAuthorizations);
        router.Map<AccountResetAuthorization, bool>(ResetAuthorization);
        router.Map<AccountGetWebAuthorizations, AccountWebAuthorizations>(
            (_, _) => new AccountWebAuthorizations { Authorizations = [], Users = [] });
    }

    private AccountAuthorizations GetAuthorizations(AccountGetAuthorizations request, RpcContext context) => new()
    {
        AuthorizationTtlDays = DaysToLive,
        Authorizations = [.. authorizations.List(context.RequireUserId()).Select(known => Describe(known, context))],
    };

    private static TlAuthorization Describe(Authorizations.Authorization known, RpcContext context)
    {
        var isCurrent = known.AuthKeyId == context.AuthKeyId;
        return new TlAuthorization
        {
            Current = isCurrent,

            // One's own session is called 0, so that it cannot be ended by mistake.
            Hash = isCurrent ? 0 : known.Hash,
            DeviceModel = known.Client.DeviceModel,
            Platform = "",
            SystemVersion = known.Client.SystemVersion,
            ApiId = known.Client.ApiId,
            AppName = "",
            AppVersion = known.Client.AppVersion,
            DateCreated = (int)known.Created.ToUnixTimeSeconds(),
            DateActive = (int)context.Time.GetUtcNow().ToUnixTimeSeconds(),
            Ip = known.Address,
            Country = "",
            Region = "",
        };
    }

    private bool ResetAuthorization(AccountResetAuthorization request, RpcContext context) =>
        authorizations.Revoke(context.RequireUserId(), request.Hash) ? true : throw RpcErrorException.BadRequest("HASH_INVALID");
}
