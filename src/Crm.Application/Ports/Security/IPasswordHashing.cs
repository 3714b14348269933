using Crm.Domain;

namespace Crm.Application.Ports.Security;

/// <summary>Hashes passwords, a bounded number at a time; refuses with 503 when too many wait already.</summary>
public interface IPasswordHashing
{
    Task<Result<string>> HashAsync(string password, CancellationToken cancellationToken);

    /// <summary>Compares with a stored hash; with none it takes as long and answers <see cref="PasswordVerdict.Wrong"/>.</summary>
    Task<Result<PasswordVerdict>> VerifyAsync(string? hash, string password, CancellationToken cancellationToken);
}

/// <summary>What comparing a password with a hash says.</summary>
public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, and hashed in a way that is out of date.</summary>
    RightButOutdated,
}
