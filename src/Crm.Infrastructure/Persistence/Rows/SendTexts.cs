using System.Text;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>
/// What <c>sends</c> keeps of a text: it is sealed where that is switched on, so that what was never sent stands nowhere in plain. Rows of
/// both kinds are read, whatever the switch says now.
/// </summary>
internal sealed class SendTexts(ISecretProtector secrets, PersistenceOptions options)
{
    public StoredText Store(string text) => options.SealsQueuedTexts
        ? new StoredText("", secrets.Protect(SecretKind.SendText, Encoding.UTF8.GetBytes(text)))
        : new StoredText(text, null);

    /// <summary>The text; null where the keys it was sealed with are lost.</summary>
    public string? Find(string text, byte[]? sealedText)
    {
        try
        {
            return sealedText is null ? text : Encoding.UTF8.GetString(secrets.Unprotect(SecretKind.SendText, sealedText));
        }
        catch (StorageUnavailableException exception) when (exception.Trouble is StorageTrouble.KeysMissing)
        {
            return null;
        }
    }

    internal readonly record struct StoredText(string Text, byte[]? SealedText);
}
