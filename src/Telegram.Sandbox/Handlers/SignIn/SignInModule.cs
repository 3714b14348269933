using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Signing in with a code, signing up and out (https://core.telegram.org/api/auth).</summary>
internal sealed class SignInModule(WorldEngine world, SignInDesk desk, IAuthorizations authorizations) : IRpcModule
{
    private const int MaxNameLength = 64;

    public void Map(RpcRouter router)
    {
        router.Map<AuthSignIn, IAuthAuthorization>(SignIn, RpcAccess.Anyone);
        router.Map<AuthSignUp, IAuthAuthorization>(SignUp, RpcAccess.Anyone);
        router.Map<AuthLogOut, AuthLoggedOut>(LogOut, RpcAccess.UserAnywhere);
        router.Map<AuthResetAuthorizations, bool>(ResetAuthorizations);
    }

    private IAuthAuthorization SignIn(AuthSignIn request, RpcContext context)
    {
        var phone = PhoneNumbers.Require(request.PhoneNumber, context, out var userId);
        CheckCode(phone, request.PhoneCodeHash, request.PhoneCode ?? "");
        if (world.Read(state => state.People.Find(userId)) is not { } person)
        {
            return new AuthAuthorizationSignUpRequired();
        }

        if (CloudPasswords.Of(person) is not null)
        {
            desk.AwaitPassword(context.AuthKeyId, userId, request.PhoneCodeHash);
            throw RpcErrorException.Unauthorized("SESSION_PASSWORD_NEEDED");
        }

        desk.Finish(context.AuthKeyId, request.PhoneCodeHash);
        return Authorize(context, userId);
    }

    private IAuthAuthorization SignUp(AuthSignUp request, RpcContext context)
    {
        var phone = PhoneNumbers.Require(request.PhoneNumber, context, out var userId);
        if (!desk.IsConfirmed(phone, request.PhoneCodeHash))
        {
            throw RpcErrorException.BadRequest("PHONE_CODE_EXPIRED");
        }

        if (string.IsNullOrWhiteSpace(request.FirstName) || request.FirstName.Length > MaxNameLength)
        {
            throw RpcErrorException.BadRequest("FIRSTNAME_INVALID");
        }

        if (request.LastName.Length > MaxNameLength)
        {
            throw RpcErrorException.BadRequest("LASTNAME_INVALID");
        }

        if (desk.Register(userId, request.FirstName, request.LastName) is null)
        {
            throw RpcErrorException.BadRequest("PHONE_NUMBER_OCCUPIED");
        }

        desk.Finish(context.AuthKeyId, request.PhoneCodeHash);
        return Authorize(context, userId);
    }

    private void CheckCode(string phone, string hash, string code)
    {
        if (hash.Length == 0)
        {
            throw RpcErrorException.BadRequest("PHONE_CODE_HASH_EMPTY");
        }

        if (code.Length == 0)
        {
            throw RpcErrorException.BadRequest("PHONE_CODE_EMPTY");
        }

        var answer = desk.Try(phone, hash, code);
        if (answer.Outcome != CodeOutcome.Right)
        {
            throw answer.Outcome switch
            {
                CodeOutcome.Wrong => RpcErrorException.BadRequest("PHONE_CODE_INVALID"),
                CodeOutcome.TooManyTries => RpcErrorException.FloodWait((int)Math.Ceiling(answer.Wait.TotalSeconds)),
                _ => RpcErrorException.BadRequest("PHONE_CODE_EXPIRED"),
            };
        }
    }

    private AuthAuthorization Authorize(RpcContext context, long userId)
    {
        authorizations.Bind(context, userId);
        return new AuthAuthorization { User = world.Read(state => TlPeople.User(state, userId, state.People.Find(userId)!)) };
    }

    private AuthLoggedOut LogOut(AuthLogOut request, RpcContext context)
    {
        authorizations.Unbind(context.AuthKeyId);
        return new AuthLoggedOut();
    }

    private bool ResetAuthorizations(AuthResetAuthorizations request, RpcContext context)
    {
        authorizations.RevokeAll(context.RequireUserId(), context.AuthKeyId);
        return true;
    }
}
