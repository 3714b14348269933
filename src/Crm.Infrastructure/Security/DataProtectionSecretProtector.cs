using System.Security.Cryptography;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Infrastructure.Security;

/// <summary>Data Protection with one purpose per kind of secret.</summary>
internal sealed class DataProtectionSecretProtector(IDataProtectionProvider provider) : ISecretProtector
{
    private readonly Dictionary<SecretKind, IDataProtector> _protectors =
        Enum.GetValues<SecretKind>().ToDictionary(kind => kind, kind => provider.CreateProtector("Crm.Secrets", kind.ToString()));

    public byte[] Protect(SecretKind kind, ReadOnlySpan<byte> secret) => _protectors[kind].Protect(secret.ToArray());

    public byte[] Unprotect(SecretKind kind, byte[] ciphertext)
    {
        try
        {
            return _protectors[kind].Unprotect(ciphertext);
        }
        catch (CryptographicException exception)
        {
            throw new StorageUnavailableException(
                StorageTrouble.KeysMissing, $"A stored secret ({kind}) can't be decrypted with the keys at hand.", exception);
        }
    }
}
