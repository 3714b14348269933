using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Authorizations;

/// <summary>A user signed in with an auth key.</summary>
/// <param name="AuthKeyId">The permanent key's id.</param>
/// <param name="Hash">What the user's other devices call it by; never 0.</param>
/// <param name="UserId">Who is signed in.</param>
/// <param name="DcId">The data centre the key belongs to.</param>
/// <param name="Client">What the client said of itself when it signed in.</param>
/// <param name="Address">The address it signed in from.</param>
/// <param name="Created">When it signed in.</param>
/// <param name="ParentAuthKeyId">The key it was imported from; null for a sign-in of its own.</param>
internal sealed record Authorization(
    long AuthKeyId,
    long Hash,
    long UserId,
    int DcId,
    ClientInfo Client,
    string Address,
    DateTimeOffset Created,
    long? ParentAuthKeyId = null);

/// <summary>What <c>auth.exportAuthorization</c> hands out: a ticket for one sign-in on another data centre.</summary>
internal sealed record ExportedAuthorization(long UserId, byte[] Bytes);
