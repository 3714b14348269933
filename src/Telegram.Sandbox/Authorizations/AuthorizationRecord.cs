namespace Telegram.Sandbox.Authorizations;

/// <summary>A line of the journal: who is signed in with a key from then on, or nobody.</summary>
internal sealed record AuthorizationRecord(long AuthKeyId, Authorization? SignedIn, bool Revoked);
