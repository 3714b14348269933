namespace Crm.Benchmarks.Documents;

/// <summary>The scenarios in the order in which the documentation tells them.</summary>
internal static class Sections
{
    public static readonly IReadOnlyList<Section> All =
    [
        new("import", "Importing a dialog's history",
            [
                new("messages", "messages"),
                new("messages_per_second", "messages/s into SQLite"),
                new("client_only_messages_per_second", "our client alone, no database, messages/s"),
                new("bare_rows_per_second", "bare SQLite writer, rows/s"),
                new("ratio_to_bare_writer", "beside the bare writer") { AtLeast = 0.6 },
                new("peer_messages_per_second", "peer, a plain insert each, messages/s"),
                new("ratio_to_peer", "beside the peer") { AtLeast = 5 },
                new("peer_messages_per_second_transaction_a_page", "peer, a transaction a page, messages/s"),
                new("ratio_to_peer_transaction_a_page", "beside the peer, a transaction a page"),
                new("peer_messages_per_second_untuned", "peer, a plain insert each, SQLite's own settings, messages/s"),
                new("ratio_to_peer_untuned", "beside the peer with SQLite's own settings"),
                new("processor_microseconds_per_message", "processor time for each message, µs"),
                new("peer_processor_microseconds_per_message", "the peer's, µs"),
                new("peer_processor_microseconds_per_message_transaction_a_page", "the peer's, a transaction a page, µs"),
                new("allocated_bytes_per_message", "bytes allocated for each message"),
                new("peak_resident_growth_mib", "memory it took meanwhile, MiB"),
            ],
            runs => BarChart.Of("Importing: messages a second", "messages/s", runs, run =>
            [
                ("our client alone", run.Find("client_only_messages_per_second")),
                ("bare SQLite writer", run.Find("bare_rows_per_second")),
                ("CRM", run.Find("messages_per_second")),
                ("peer, transaction a page", run.Find("peer_messages_per_second_transaction_a_page")),
                ("peer, insert each", run.Find("peer_messages_per_second")),
                ("peer, SQLite's own settings", run.Find("peer_messages_per_second_untuned")),
            ])),
        new("ingest", "Taking in new messages",
            [
                new("accounts", "accounts"),
                new("messages", "messages stored"),
                new("missing", "missing") { AtMost = 0 },
                new("doubled", "stored twice") { AtMost = 0 },
                new("messages_per_second", "messages/s into the database"),
                new("peer_messages_per_second", "peer, messages/s"),
                new("ratio_to_peer", "beside the peer") { AtLeast = 5 },
                new("steady_lag_p50_ms", "lag at 200 messages/s, p50, ms"),
                new("steady_lag_p99_ms", "lag at 200 messages/s, p99, ms"),
                new("flood_lag_p50_ms", "lag in the flood, p50, ms"),
                new("flood_lag_p99_ms", "lag in the flood, p99, ms"),
                new("peer_flood_lag_p99_ms", "the peer's, p99, ms"),
                new("processor_microseconds_per_message", "processor time for each message, µs"),
                new("peer_processor_microseconds_per_message", "the peer's, µs"),
                new("allocated_bytes_per_message", "bytes allocated for each message"),
                new("resident_mib", "resident afterwards, MiB"),
                new("peak_resident_growth_mib", "memory it took meanwhile, MiB"),
            ],
            runs => BarChart.Of("Taking in new messages", "messages/s", runs, run =>
            [
                ("CRM", run.Find("messages_per_second")), ("peer, insert each", run.Find("peer_messages_per_second")),
            ])),
        new("storage", "The store alone",
            [
                new("insert_rows_per_second", "insert, rows/s"),
                new("insert_bare_rows_per_second", "bare loop, rows/s"),
                new("insert_ratio", "beside the bare loop"),
                new("read_rows_per_second", "read, rows/s"),
                new("read_bare_rows_per_second", "bare loop, rows/s"),
                new("read_ratio", "beside the bare loop"),
            ],
            runs => BarChart.Of("The SQLite store", "rows/s", runs, run =>
            [
                ("insert", run.Find("insert_rows_per_second")),
                ("insert, bare loop", run.Find("insert_bare_rows_per_second")),
                ("read", run.Find("read_rows_per_second")),
                ("read, bare loop", run.Find("read_bare_rows_per_second")),
            ])),
        new("read", "Reading a whole account",
            [
                new("messages", "messages"),
                new("rows_per_second", "`get_messages`, rows/s"),
                new("mib_per_second", "`get_messages`, MiB/s"),
                new("bare_rows_per_second", "bare `SELECT` to a socket, rows/s"),
                new("ratio_to_bare_select", "beside the bare `SELECT`") { AtLeast = 0.6 },
                new("first_byte_ms", "first byte after, ms"),
                new("extra_resident_mib", "memory it took meanwhile, MiB") { AtMost = 32 },
            ],
            runs => BarChart.Of("Reading a whole account", "rows/s", runs, run =>
            [
                ("get_messages", run.Find("rows_per_second")), ("bare SELECT to a socket", run.Find("bare_rows_per_second")),
            ])),
        new("pages", "Pages of a dialog as the account grows",
            [
                new("rows", "messages stored"),
                new("p50_ms", "a page of 50 rows, p50, ms"),
                new("p99_ms", "p99, ms"),
                new("quiet_p50_ms", "of a dialog in which hardly anybody writes, p50, ms"),
                new("quiet_p99_ms", "p99, ms"),
            ],
            PagesPlot.Draw)
        {
            Columns = run => run.Figures.GetProperty("sizes").EnumerateArray().Select(size => run with { Figures = size }),
        },
        new("flat", "What a message costs as the account grows",
            [
                new("few", "messages stored in the one database"),
                new("many", "messages stored in the other"),
                new("import_messages_per_second_few", "import where few are stored, messages/s"),
                new("import_messages_per_second_many", "import where many are stored, messages/s"),
                new("import_cost_ratio", "cost where many are stored beside few, import") { AtMost = 1.2 },
                new("ingest_messages_per_second_few", "new messages where few are stored, messages/s"),
                new("ingest_messages_per_second_many", "new messages where many are stored, messages/s"),
                new("ingest_cost_ratio", "cost where many are stored beside few, new messages") { AtMost = 1.2 },
            ],
            runs => BarChart.Of("The store, few and many messages in it", "messages/s", runs, run =>
            [
                ("import, few", run.Find("import_messages_per_second_few")),
                ("import, many", run.Find("import_messages_per_second_many")),
                ("new messages, few", run.Find("ingest_messages_per_second_few")),
                ("new messages, many", run.Find("ingest_messages_per_second_many")),
            ])),
        new("send", "Sending",
            [
                new("accounts", "accounts"),
                new("late", "sends queued or refused for want of time"),
                new("paced_per_second", "sends that begin each second"),
                new("paced_p50_ms", "answered after, p50, ms"),
                new("paced_p99_ms", "answered after, p99, ms"),
                new("client_only_paced_p50_ms", "the sandbox itself, p50, ms"),
                new("client_only_paced_p99_ms", "the sandbox itself, p99, ms"),
                new("over_sandbox_p50_ms", "over the sandbox's own time, p50, ms"),
                new("over_sandbox_p99_ms", "over the sandbox's own time, p99, ms"),
                new("sends_per_second", "all accounts at once, sends/s"),
                new("flood_p50_ms", "all accounts at once, p50, ms"),
                new("flood_p99_ms", "all accounts at once, p99, ms"),
                new("client_only_sends_per_second", "our client alone, sends/s"),
            ],
            runs => BarChart.Of("Answered after", "ms", runs, run =>
            [
                ("CRM, p50", run.Find("paced_p50_ms")),
                ("sandbox alone, p50", run.Find("client_only_paced_p50_ms")),
                ("CRM, p99", run.Find("paced_p99_ms")),
                ("sandbox alone, p99", run.Find("client_only_paced_p99_ms")),
            ])),
        new("density", "Many listening accounts",
            [
                new("accounts", "accounts"),
                new("seconds_until_answering", "from the start of the process until it answers HTTP, s"),
                new("seconds_until_all_listen", "until all listen, s"),
                new("seconds_until_caught_up", "until all have what they missed, s") { AtMost = 60 },
                new("missing", "missing") { AtMost = 0 },
                new("start_processor_seconds", "processor time for that, s"),
                new("empty_resident_mib", "resident without accounts, MiB"),
                new("idle_resident_mib", "resident, idle, MiB") { AtMost = 1536 },
                new("peak_resident_mib", "the most it held, MiB"),
                new("idle_resident_bytes_per_account", "for each account, idle, bytes"),
                new("busy_messages_per_second", "then messages/s, one for ten accounts"),
                new("busy_resident_mib", "resident after that, MiB"),
                new("busy_resident_bytes_per_account", "for each account, bytes"),
                new("busy_processor_share", "processors used meanwhile"),
                new("busy_lag_p50_ms", "lag meanwhile, p50, ms"),
                new("busy_lag_p99_ms", "lag meanwhile, p99, ms"),
                new("prepare_seconds", "signing them in before, s"),
            ],
            runs => BarChart.Of("Resident memory of the process", "MiB", runs, run =>
            [
                ("without accounts", run.Find("empty_resident_mib")),
                ("idle", run.Find("idle_resident_mib")),
                ("a message/s for ten accounts", run.Find("busy_resident_mib")),
            ])),
        new("events", "Event streams",
            [
                new("readers", "readers"),
                new("deliveries_per_second", "events that reach a reader each second, at most"),
                .. EventsOf("of_one_account", "all of one account"),
                .. EventsOf("of_many_accounts", "of several accounts"),
            ],
            runs => BarChart.Of("From stored to the reader", "ms", runs, run =>
            [
                ("one account, p50", run.Find("of_one_account.fan_out_p50_ms")),
                ("one account, p99", run.Find("of_one_account.fan_out_p99_ms")),
                ("several accounts, p50", run.Find("of_many_accounts.fan_out_p50_ms")),
                ("several accounts, p99", run.Find("of_many_accounts.fan_out_p99_ms")),
            ])),
    ];

    private static Figure[] EventsOf(string path, string which) =>
    [
        new($"{path}.messages_per_second", $"{which}: messages/s"),
        new($"{path}.missing", $"{which}: events missing") { AtMost = 0 },
        new($"{path}.fan_out_p50_ms", $"{which}: from stored to the reader, p50, ms"),
        new($"{path}.fan_out_p99_ms", $"{which}: from stored to the reader, p99, ms"),
        new($"{path}.processor_share", $"{which}: processors used"),
        new($"{path}.resident_bytes_per_reader", $"{which}: resident for each reader, bytes"),
    ];
}
