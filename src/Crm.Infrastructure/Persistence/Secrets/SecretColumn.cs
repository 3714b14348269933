using Crm.Application.Ports.Security;

namespace Crm.Infrastructure.Persistence.Secrets;

/// <summary>Where secrets of a kind are stored. A test compares them with what the schema has.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Table">As in every dialect's schema.</param>
/// <param name="Key">The column of the row's id.</param>
/// <param name="Name">The column with the ciphertext.</param>
internal sealed record SecretColumn(SecretKind Kind, string Table, string Key, string Name)
{
    public static readonly IReadOnlyList<SecretColumn> All =
    [
        new(SecretKind.ApiHash, "connections", "id", "api_hash"),
        new(SecretKind.PhoneCodeHash, "connections", "id", "phone_code_hash"),
        new(SecretKind.TelegramSession, "sessions", "connection_id", "data"),
        new(SecretKind.WebhookSecret, "webhooks", "id", "secret"),
        new(SecretKind.SendText, "sends", "id", "sealed_text"),
    ];

    /// <summary>The query for a page of them, in one dialect.</summary>
    /// <param name="prefix">Before a table's name.</param>
    /// <param name="take">Makes a query of its columns and what follows them, which answers <c>@Take</c> rows.</param>
    public string Page(string prefix, Func<string, string> take) => take(
        $"{Key} AS Id, {Name} AS Ciphertext FROM {prefix}{Table} WHERE {Name} IS NOT NULL AND {Key} > @AfterId ORDER BY {Key}");

    public string Replace(string prefix) =>
        $"UPDATE {prefix}{Table} SET {Name} = @Ciphertext WHERE {Key} = @Id AND {Name} = @Before";
}
