namespace Crm.Application.Ports.Security;

/// <summary>What a secret is; what was protected as one kind can't be read as another.</summary>
public enum SecretKind
{
    TelegramSession,
    ApiHash,
    PhoneCodeHash,
    WebhookSecret,
    SendText,
}

/// <summary>Encrypts secrets before they are stored.</summary>
public interface ISecretProtector
{
    byte[] Protect(SecretKind kind, ReadOnlySpan<byte> secret);

    /// <exception cref="Storage.StorageUnavailableException">It was protected with keys that are not there.</exception>
    byte[] Unprotect(SecretKind kind, byte[] ciphertext);
}
