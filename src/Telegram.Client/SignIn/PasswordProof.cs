using System.Text;
using Telegram.Mtproto;
using Telegram.Mtproto.Crypto;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Shows Telegram that the cloud password is known, without sending it. See <see href="https://core.telegram.org/api/srp"/>.</summary>
internal static class PasswordProof
{
    public static IInputCheckPasswordSRP Make(AccountPassword parameters, string password, IRandomSource random)
    {
        if (!parameters.HasPassword)
        {
            return new InputCheckPasswordEmpty();
        }

        if (parameters is not { CurrentAlgo: PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow algorithm, SrpB: { } serverPublic, SrpId: { } id })
        {
            throw new TelegramConnectionException("Telegram asks for a way to check passwords that this library does not know.");
        }

        var srp = new SrpParameters(algorithm.Salt1, algorithm.Salt2, algorithm.G, algorithm.P);
        try
        {
            var proof = Srp.CreateProof(srp, serverPublic, Encoding.UTF8.GetBytes(password), random);
            return new InputCheckPasswordSRP { SrpId = id, A = proof.A, M1 = proof.M1 };
        }
        catch (SrpException error)
        {
            throw new TelegramConnectionException("Telegram's parameters for the password check are not safe.", error);
        }
    }
}
