using Telegram.Mtproto;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>The cloud password, after the code (https://core.telegram.org/api/srp).</summary>
internal sealed class PasswordModule(
    WorldEngine world, SignInDesk desk, IAuthorizations authorizations, PasswordChallenges challenges, IRandomSource random) : IRpcModule
{
    private const int RandomLength = 256;

    public void Map(RpcRouter router)
    {
        router.Map<AccountGetPassword, AccountPassword>(GetPassword, RpcAccess.Anyone);
        router.Map<AuthCheckPassword, IAuthAuthorization>(CheckPassword, RpcAccess.Anyone);
    }

    private AccountPassword GetPassword(AccountGetPassword request, RpcContext context)
    {
        var userId = desk.AwaitsPassword(context.AuthKeyId) ?? context.RequireUserId();
        var challenge = CloudPasswords.Of(Person(userId)) is { } password ? challenges.Make(userId, password) : null;
        return new AccountPassword
        {
            HasPassword = challenge is not null,
            CurrentAlgo = challenge is null ? null : Algorithm(challenge.Parameters),
            SrpB = challenge?.Server.PublicValue.ToArray(),
            SrpId = challenge?.Id,
            Hint = challenge is null ? null : CloudPasswords.Hint,
            NewAlgo = Algorithm(challenges.Parameters(userId)),
            NewSecureAlgo = new SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000 { Salt = challenges.Parameters(userId).Salt2.ToArray() },
            SecureRandom = Random(),
        };
    }

    private IAuthAuthorization CheckPassword(AuthCheckPassword request, RpcContext context)
    {
        var userId = desk.AwaitsPassword(context.AuthKeyId) ?? throw RpcErrorException.Unauthorized("AUTH_KEY_UNREGISTERED");
        if (request.Password is not InputCheckPasswordSRP proof)
        {
            throw RpcErrorException.BadRequest("PASSWORD_HASH_INVALID");
        }

        if (challenges.Take(userId, proof.SrpId) is not { } challenge)
        {
            throw RpcErrorException.BadRequest("SRP_ID_INVALID");
        }

        if (!challenge.Server.Verify(proof.A, proof.M1))
        {
            throw RpcErrorException.BadRequest("PASSWORD_HASH_INVALID");
        }

        desk.Finish(context.AuthKeyId, hash: null);
        authorizations.Bind(context, userId);
        return new AuthAuthorization { User = world.Read(state => TlPeople.User(state, userId, state.People.Find(userId)!)) };
    }

    private static PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow Algorithm(Mtproto.Crypto.SrpParameters parameters) => new()
    {
        Salt1 = parameters.Salt1.ToArray(),
        Salt2 = parameters.Salt2.ToArray(),
        G = parameters.Generator,
        P = parameters.Prime.ToArray(),
    };

    private Person Person(long userId) => world.Read(state => state.People.Find(userId)!);

    private byte[] Random()
    {
        var bytes = new byte[RandomLength];
        random.Fill(bytes);
        return bytes;
    }
}
