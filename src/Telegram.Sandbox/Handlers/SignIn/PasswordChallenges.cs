using System.Buffers.Binary;
using System.Text;
using Telegram.Mtproto;
using Telegram.Mtproto.Crypto;
using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Handlers;

/// <summary>The server's side of one password check.</summary>
internal sealed record PasswordChallenge(long Id, SrpParameters Parameters, SrpServer Server);

/// <summary>Password checks under way. Each is for one attempt; a user has one, the latest.</summary>
internal sealed class PasswordChallenges(WorldEngine world, IRandomSource random)
{
    private const int Generator = 3;
    private const int SaltLength = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, PasswordChallenge> _byUser = [];
    private readonly Dictionary<long, byte[]> _verifiers = [];

    public PasswordChallenge Make(long userId, string password)
    {
        var parameters = Parameters(userId);
        lock (_gate)
        {
            if (!_verifiers.TryGetValue(userId, out var verifier))
            {
                _verifiers[userId] = verifier = Srp.CreateVerifier(parameters, Encoding.UTF8.GetBytes(password), random);
            }

            return _byUser[userId] = new PasswordChallenge(NextId(), parameters, new SrpServer(parameters, verifier, random));
        }
    }

    /// <summary>The challenge a client answers, which is then over; null when there is none of that id.</summary>
    public PasswordChallenge? Take(long userId, long id)
    {
        lock (_gate)
        {
            return _byUser.TryGetValue(userId, out var challenge) && challenge.Id == id && _byUser.Remove(userId) ? challenge : null;
        }
    }

    /// <summary>How a user's password is hashed; the same in every run of one world.</summary>
    public SrpParameters Parameters(long userId) => world.Read(state => new SrpParameters(
        Salt(state.Shape.Secret, userId, 1), Salt(state.Shape.Secret, userId, 2), Generator, DhParameters.KnownPrime.ToArray()));

    private static byte[] Salt(long secret, long userId, int number)
    {
        var salt = new byte[SaltLength];
        BinaryPrimitives.WriteUInt64BigEndian(salt, Mix.Of(secret, userId, number));
        BinaryPrimitives.WriteUInt64BigEndian(salt.AsSpan(sizeof(ulong)), Mix.Of(userId, secret, number));
        return salt;
    }

    private long NextId()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        random.Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
