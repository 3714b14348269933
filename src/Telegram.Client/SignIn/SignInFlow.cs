using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// Signs a user in and out. See <see href="https://core.telegram.org/api/auth"/> and <see href="https://core.telegram.org/api/srp"/>.
/// </summary>
/// <param name="rpc">Makes the calls.</param>
/// <param name="options">The application's id and hash.</param>
/// <param name="signedIn">Stores who is signed in.</param>
internal sealed class SignInFlow(IRpcInvoker rpc, TelegramClientOptions options, Func<User, CancellationToken, Task> signedIn)
{
    public async Task<SentCode> SendCodeAsync(string phone, CancellationToken cancellationToken)
    {
        var call = new AuthSendCode
        {
            PhoneNumber = phone,
            ApiId = options.ApiId,
            ApiHash = options.ApiHash,
            Settings = new CodeSettings(),
        };
        try
        {
            return await ReadAsync(await rpc.InvokeAsync(call, cancellationToken), cancellationToken);
        }
        catch (RpcException error) when (error.Type == "AUTH_RESTART")
        {
            return await ReadAsync(await rpc.InvokeAsync(call, cancellationToken), cancellationToken);
        }
    }

    public async Task<SentCode> ResendCodeAsync(string phone, string phoneCodeHash, CancellationToken cancellationToken)
    {
        var call = new AuthResendCode { PhoneNumber = phone, PhoneCodeHash = phoneCodeHash };
        return await ReadAsync(await rpc.InvokeAsync(call, cancellationToken), cancellationToken);
    }

    public Task<bool> CancelCodeAsync(string phone, string phoneCodeHash, CancellationToken cancellationToken) =>
        rpc.InvokeAsync(new AuthCancelCode { PhoneNumber = phone, PhoneCodeHash = phoneCodeHash }, cancellationToken);

    public async Task<SignInResult> SignInAsync(string phone, string phoneCodeHash, string code, CancellationToken cancellationToken)
    {
        var call = new AuthSignIn { PhoneNumber = phone, PhoneCodeHash = phoneCodeHash, PhoneCode = code };
        try
        {
            var authorization = await rpc.InvokeAsync(call, cancellationToken);
            return authorization is AuthAuthorizationSignUpRequired
                ? new SignInResult.SignUpRequired()
                : new SignInResult.Authorized(await AcceptAsync(authorization, cancellationToken));
        }
        catch (RpcException error) when (error.Type == RpcErrorTypes.SessionPasswordNeeded)
        {
            return new SignInResult.PasswordRequired();
        }
        catch (RpcException error) when (error.Type == RpcErrorTypes.PhoneNumberUnoccupied)
        {
            return new SignInResult.SignUpRequired();
        }
    }

    public async Task<User> CheckPasswordAsync(string password, CancellationToken cancellationToken)
    {
        try
        {
            return await TryPasswordAsync(password, cancellationToken);
        }
        catch (RpcException error) when (error.Type == RpcErrorTypes.SrpIdInvalid)
        {
            // The parameters were replaced between the two calls.
            return await TryPasswordAsync(password, cancellationToken);
        }
    }

    public async Task<User?> GetSelfAsync(CancellationToken cancellationToken)
    {
        try
        {
            var users = await rpc.InvokeAsync(new UsersGetUsers { Id = [new InputUserSelf()] }, cancellationToken);
            if (users is not [User self])
            {
                return null;
            }

            await signedIn(self, cancellationToken);
            return self;
        }
        catch (NotSignedInException)
        {
            return null;
        }
        catch (RpcException error) when (error.Type == RpcErrorTypes.SessionPasswordNeeded)
        {
            return null;
        }
    }

    private async Task<User> TryPasswordAsync(string password, CancellationToken cancellationToken)
    {
        var parameters = await rpc.InvokeAsync(new AccountGetPassword(), cancellationToken);
        var proof = PasswordProof.Make(parameters, password, options.Random);
        var authorization = await rpc.InvokeAsync(new AuthCheckPassword { Password = proof }, cancellationToken);
        return await AcceptAsync(authorization, cancellationToken);
    }

    private async Task<SentCode> ReadAsync(IAuthSentCode code, CancellationToken cancellationToken) => code switch
    {
        AuthSentCode sent => SentCodeReader.Read(sent),
        AuthSentCodeSuccess success => new SentCode(
            string.Empty, CodeDelivery.Unknown, null, null, null, await AcceptAsync(success.Authorization, cancellationToken)),
        _ => throw new RpcException(406, "SEND_CODE_PAYMENT_REQUIRED"),
    };

    private async Task<User> AcceptAsync(IAuthAuthorization authorization, CancellationToken cancellationToken)
    {
        if (authorization is not AuthAuthorization { User: User user })
        {
            throw new TelegramConnectionException("Telegram answered a sign-in without saying who is signed in.");
        }

        await signedIn(user, cancellationToken);
        return user;
    }
}
