namespace Crm.Infrastructure.Persistence.AccountData;

/// <summary>Through what a row is an account's.</summary>
internal enum RowOwner
{
    /// <summary>The table is <c>accounts</c>.</summary>
    Self,
    Account,
    Connection,
    Webhook,
    Message,
}

/// <summary>A table with rows of accounts.</summary>
/// <param name="Name">As in every dialect's schema.</param>
/// <param name="Owner">Through what a row is an account's.</param>
internal sealed record AccountTable(string Name, RowOwner Owner)
{
    /// <summary>The column that names the owner.</summary>
    public string OwnerColumn => Owner switch
    {
        RowOwner.Self => "id",
        RowOwner.Account => "account_id",
        RowOwner.Connection => "connection_id",
        RowOwner.Webhook => "webhook_id",
        RowOwner.Message => "message_row_id",
        _ => throw new InvalidOperationException($"Nothing says whose rows {Name} has."),
    };
}

/// <summary>Every table with rows of accounts, each before those its rows refer to. A test compares it with the migrations.</summary>
internal static class AccountTables
{
    public static readonly IReadOnlyList<AccountTable> All =
    [
        new("webhook_deliveries", RowOwner.Webhook),
        new("webhooks", RowOwner.Account),
        new("events", RowOwner.Account),
        new("event_horizons", RowOwner.Account),
        new("sends", RowOwner.Account),
        new("message_revisions", RowOwner.Message),
        new("messages", RowOwner.Account),
        new("imports", RowOwner.Account),
        new("dialogs", RowOwner.Connection),
        new("coverage", RowOwner.Connection),
        new("coverage_tops", RowOwner.Connection),
        new("read_marks", RowOwner.Connection),
        new("limits", RowOwner.Connection),
        new("channel_states", RowOwner.Connection),
        new("update_states", RowOwner.Connection),
        new("sessions", RowOwner.Connection),
        new("api_keys", RowOwner.Account),
        new("connections", RowOwner.Account),
        new("accounts", RowOwner.Self),
    ];

    public static AccountTable Get(string name) => All.Single(table => table.Name == name);
}
