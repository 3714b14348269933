namespace Crm.Application.Ports.Storage;

/// <summary>Wrong tries at signing in, counted by subject: a hash of what they were made at or from.</summary>
public interface ISignInTryStore
{
    /// <summary>What is known of these subjects; nothing of those without a try.</summary>
    Task<IReadOnlyList<SignInTries>> FindAsync(IReadOnlyCollection<byte[]> subjects, CancellationToken cancellationToken);

    /// <summary>Stores these in place of what was known of their subjects, and forgets what happened before a time.</summary>
    Task SaveAsync(IReadOnlyCollection<SignInTries> tries, DateTimeOffset forgetBefore, CancellationToken cancellationToken);

    Task DeleteAsync(IReadOnlyCollection<byte[]> subjects, CancellationToken cancellationToken);
}

/// <summary>How many tries at a subject were wrong, and until when it takes no further one.</summary>
public sealed record SignInTries(byte[] Subject, int Failures, DateTimeOffset BlockedUntil, DateTimeOffset LastAt);
