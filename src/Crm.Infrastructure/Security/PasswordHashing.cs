using Crm.Application.AccountAuth;
using Crm.Application.Ports.Security;
using Crm.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Crm.Infrastructure.Security;

/// <summary>
/// The framework's password hasher behind a gate: hashing is meant to be slow, so a flood of sign-ins may use every core but not
/// every thread, and past a queue's length it is refused.
/// </summary>
internal sealed class PasswordHashing : IPasswordHashing, IDisposable
{
    internal const int MaxWaiting = 256;

    private static readonly object Anyone = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly SemaphoreSlim _gate = new(Environment.ProcessorCount);
    private readonly Lazy<string> _decoy;
    private int _waiting;

    public PasswordHashing(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<object>(options);
        _decoy = new Lazy<string>(() => _hasher.HashPassword(Anyone, "a password that no account has"));
    }

    public Task<Result<string>> HashAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(() => _hasher.HashPassword(Anyone, password), cancellationToken);

    public Task<Result<PasswordVerdict>> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) =>
        RunAsync(() => Verify(hash, password), cancellationToken);

    public void Dispose() => _gate.Dispose();

    private PasswordVerdict Verify(string? hash, string password)
    {
        var outcome = _hasher.VerifyHashedPassword(Anyone, hash ?? _decoy.Value, password);
        return (hash, outcome) switch
        {
            (null, _) or (_, PasswordVerificationResult.Failed) => PasswordVerdict.Wrong,
            (_, PasswordVerificationResult.SuccessRehashNeeded) => PasswordVerdict.RightButOutdated,
            _ => PasswordVerdict.Right,
        };
    }

    private async Task<Result<T>> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return AccountErrors.Busy;
        }

        try
        {
            await _gate.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(work, cancellationToken);
            }
            finally
            {
                _gate.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
