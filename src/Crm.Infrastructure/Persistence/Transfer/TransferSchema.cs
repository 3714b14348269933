namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>
/// Everything that moves from one database to another, in an order in which each row finds those it refers to. A test compares it with
/// the migrations of every dialect.
/// </summary>
internal static class TransferSchema
{
    /// <summary>Of what is listed here: raised when a table or a column is added or changed, because a file then holds other things.</summary>
    public const int Version = 2;

    /// <summary>What stays behind, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftBehind = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["schema_migrations"] = "the target has its own schema",
        ["database_identity"] = "a copy is another database",
        ["transfers"] = "tells of the database itself",
        ["transfer_steps"] = "tells of the database itself",
        ["leases"] = "belongs to a process that speaks with Telegram over the other database",
        ["sign_in_tries"] = "what was guessed wrongly at one database in the last day says nothing about another",
        ["account_heads"] = "SQL Server's own, made from the accounts",
        ["machine_starts"] = "belongs to the machine that opened the other database",
    };

    public static readonly IReadOnlyList<TransferTable> Tables =
    [
        new(
            "accounts",
            Key("id"), Text("login"), Text("login_key"), Text("password_hash"), Text("security_stamp"),
            Nullable(Integer("current_connection_id")) with { IsLate = true }, Integer("sign_in_number"), Integer("created_ms"),
            Nullable(Integer("closed_ms"))),
        new(
            "connections",
            Key("id"), Integer("account_id"), Text("messenger"), Nullable(Text("phone")), Integer("api_id"), Binary("api_hash"),
            Text("status"), Nullable(Integer("telegram_user_id")), Nullable(Binary("phone_code_hash")), Nullable(Text("code_type")),
            Nullable(Integer("code_length")), Nullable(Text("code_next_type")), Nullable(Integer("code_timeout")),
            Nullable(Integer("code_sent_ms")), Nullable(Integer("listening_since_ms")), Integer("version"), Integer("created_ms"),
            Nullable(Integer("telegram_reachable")), Integer("code_wrong_tries"), Integer("session_number"),
            Nullable(Integer("paused_since_ms"))),
        new(
            "api_keys",
            Key("id"), Integer("account_id"), Text("name"), Text("hint"), Binary("hash"), Integer("scopes"), Text("addresses"),
            Integer("created_ms"), Nullable(Integer("expires_ms")), Nullable(Integer("used_ms"))),
        new("sessions", Key("connection_id"), Binary("data"), Integer("saved_ms")),
        new(
            "update_states",
            Key("connection_id"), Integer("pts"), Integer("qts"), Integer("date"), Integer("seq"), Integer("stream")),
        new("channel_states", Key("connection_id"), Key("dialog_id"), Integer("pts"), Integer("stream")),
        new(
            "dialogs",
            Key("connection_id"), Key("dialog_id"), Text("type"), Text("title"), Nullable(Text("username")), Nullable(Text("phone")),
            Nullable(Integer("access_hash")), Integer("unread_count"), Nullable(Integer("top_message_id")), Nullable(Integer("top_date"))),
        new(
            "messages",
            Key("id"), Integer("account_id"), Integer("connection_id"), Integer("dialog_id"), Integer("message_id"), Integer("outgoing"),
            Text("text"), Integer("date"), Nullable(Integer("sender_id")), Nullable(Integer("edited_at")), Nullable(Integer("deleted_at")),
            Integer("revisions")),
        new(
            "message_revisions",
            Key("id"), Integer("message_row_id"), Text("text"), Nullable(Integer("edited_at")), Integer("replaced_ms")),
        new(
            "sends",
            Key("id"), Integer("account_id"), Integer("connection_id"), Integer("dialog_id"), Text("text"), Integer("random_id"),
            Nullable(Text("idempotency_key")), Text("status"), Integer("attempts"), Integer("not_before_ms"), Nullable(Text("error_code")),
            Nullable(Text("error_category")), Nullable(Text("error_message")), Nullable(Integer("message_row_id")), Integer("created_ms"),
            Nullable(Integer("message_id")), Nullable(Binary("sealed_text"))),
        new("coverage", Key("connection_id"), Key("dialog_id"), Key("from_id"), Integer("to_id")),
        new("coverage_tops", Key("connection_id"), Key("dialog_id"), Integer("stream"), Integer("complete")),
        new(
            "imports",
            Key("id"), Integer("account_id"), Integer("connection_id"), Integer("dialog_id"), Text("state"), Nullable(Integer("upper_id")),
            Integer("stored"), Integer("pages"), Nullable(Integer("total")), Nullable(Integer("remaining")), Integer("active_ms"),
            Integer("started_ms"), Integer("updated_ms"), Nullable(Integer("finished_ms")), Nullable(Integer("resume_ms")),
            Integer("told_ms"), Nullable(Text("error_code"))),
        new("read_marks", Key("connection_id"), Key("dialog_id"), Text("box") with { IsKey = true }, Integer("message_id")),
        new(
            "limits",
            Key("connection_id"), Text("method") with { IsKey = true }, Key("dialog_id"), Text("reason"), Integer("until_ms")),
        new(
            "events",
            Key("id"), Integer("account_id"), Integer("connection_id"), Text("type"), Nullable(Integer("message_row_id")), Text("data"),
            Integer("created_ms")),
        new("event_horizons", Key("account_id"), Integer("deleted_to")),
        new(
            "webhooks",
            Key("id"), Integer("account_id"), Text("url"), Binary("secret"), Text("events"), Integer("active"),
            Nullable(Text("disabled_reason")), Integer("cursor"), Integer("failures"), Integer("next_try_ms"),
            Nullable(Integer("failing_since_ms")), Integer("created_ms"), Integer("version")),
        new(
            "webhook_deliveries",
            Key("id"), Integer("webhook_id"), Integer("event_id"), Text("event_type"), Integer("attempt"),
            Nullable(Integer("response_status")), Nullable(Text("error")), Integer("duration_ms"), Nullable(Integer("next_try_ms")),
            Integer("created_ms")),
    ];

    /// <summary>All that is to be done, one after the other.</summary>
    public static readonly IReadOnlyList<TransferStep> Steps =
        [.. Tables.Select(table => table.Insert), .. Tables.Select(table => table.Late).OfType<TransferStep>()];

    private static TransferColumn Key(string name) => Integer(name) with { IsKey = true };

    private static TransferColumn Integer(string name) => new(name, ColumnKind.Integer);

    private static TransferColumn Text(string name) => new(name, ColumnKind.Text);

    private static TransferColumn Binary(string name) => new(name, ColumnKind.Binary);

    private static TransferColumn Nullable(TransferColumn column) => column with { IsNullable = true };
}
