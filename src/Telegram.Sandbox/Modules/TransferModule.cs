using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Modules;

/// <summary>
/// Carries a sign-in from one data centre to another
/// (<see href="https://core.telegram.org/api/datacenter#authorization-on-other-dcs"/>).
/// </summary>
internal sealed class TransferModule(
    IAuthorizations authorizations, Func<IReadOnlyList<SandboxDataCenter>> dataCenters, Func<long, User> self) : IRpcModule
{
    public void Map(RpcRouter router)
    {
        router.Map<AuthExportAuthorization, AuthExportedAuthorization>(Export);
        router.Map<AuthImportAuthorization, IAuthAuthorization>(Import, RpcAccess.Anyone);
    }

    private AuthExportedAuthorization Export(AuthExportAuthorization function, RpcContext context)
    {
        if (function.DcId == context.DcId || dataCenters().All(one => one.Id != function.DcId))
        {
            throw RpcErrorException.BadRequest("DC_ID_INVALID");
        }

        var exported = authorizations.Export(context, function.DcId);
        return new AuthExportedAuthorization { Id = exported.UserId, Bytes = exported.Bytes };
    }

    private AuthAuthorization Import(AuthImportAuthorization function, RpcContext context)
    {
        var imported = authorizations.Import(context, function.Id, function.Bytes);
        return new AuthAuthorization { User = self(imported.UserId) };
    }
}
