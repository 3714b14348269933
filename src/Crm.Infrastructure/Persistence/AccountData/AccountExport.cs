using System.Runtime.CompilerServices;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Crm.Infrastructure.Persistence.Transfer;

namespace Crm.Infrastructure.Persistence.AccountData;

/// <summary>A table of an export: its rows of one owner are read by pages in order of a key.</summary>
/// <param name="Table">Whose rows.</param>
/// <param name="Key">Unique among the rows of one owner.</param>
/// <param name="Columns">What is read: what is exported, and what that is made from.</param>
internal sealed record ExportTable(AccountTable Table, string Key, IReadOnlyList<TransferColumn> Columns)
{
    public int IndexOf(string column) => Columns.Index().First(one => one.Item.Name == column).Index;
}

/// <summary>A page of a table's rows of one owner behind a key.</summary>
internal delegate Task<List<object?[]>> ReadExportPage(ExportTable table, long ownerId, long afterKey, CancellationToken cancellationToken);

/// <summary>All of an account's data, row by row. Secrets stay behind, and so does what only tells how far something was read.</summary>
internal static class AccountExport
{
    public const int PageRows = 500;

    /// <summary>Read to unseal the text with.</summary>
    private const string SealedText = "sealed_text";

    /// <summary>Columns that nobody is shown, not even their owner.</summary>
    public static readonly IReadOnlySet<string> Withheld = new HashSet<string>(StringComparer.Ordinal)
    {
        "accounts.login_key", "accounts.password_hash", "accounts.security_stamp", "accounts.closed_ms", "connections.api_hash",
        "connections.phone_code_hash", "dialogs.access_hash", "webhooks.secret", "api_keys.hash", "sends.random_id",
    };

    /// <summary>Tables that hold nothing but secrets, or how far something was read.</summary>
    public static readonly IReadOnlySet<string> LeftOut = new HashSet<string>(StringComparer.Ordinal)
    {
        "sessions", "update_states", "channel_states", "coverage", "coverage_tops", "read_marks", "limits", "event_horizons",
    };

    public static readonly IReadOnlyList<ExportTable> Tables =
        [.. TransferSchema.Tables.Where(table => !LeftOut.Contains(table.Name)).Select(ToExport)];

    public static async IAsyncEnumerable<AccountRecord> ReadAsync(
        long accountId, ReadExportPage readPage, SendTexts texts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var owners = new Dictionary<RowOwner, List<long>>
        {
            [RowOwner.Self] = [accountId],
            [RowOwner.Account] = [accountId],
            [RowOwner.Connection] = [],
            [RowOwner.Webhook] = [],
        };
        foreach (var table in Tables.Where(table => table.Table.Owner is not RowOwner.Message))
        {
            foreach (var owner in owners[table.Table.Owner])
            {
                await foreach (var row in ReadAsync(table, owner, readPage, cancellationToken))
                {
                    Remember(owners, table, row);
                    Unseal(table, row, texts);
                    yield return ToRecord(table, row);
                    await foreach (var revision in ReadRevisionsAsync(table, row, readPage, cancellationToken))
                    {
                        yield return revision;
                    }
                }
            }
        }
    }

    private static void Remember(Dictionary<RowOwner, List<long>> owners, ExportTable table, object?[] row)
    {
        if (table.Table.Name is "connections" or "webhooks")
        {
            var owner = table.Table.Name is "connections" ? RowOwner.Connection : RowOwner.Webhook;
            owners[owner].Add((long)row[table.IndexOf("id")]!);
        }
    }

    private static void Unseal(ExportTable table, object?[] row, SendTexts texts)
    {
        if (table.Table.Name is "sends")
        {
            var text = table.IndexOf("text");
            row[text] = texts.Find((string)row[text]!, (byte[]?)row[table.IndexOf(SealedText)]);
        }
    }

    /// <summary>What a message said before stands behind it.</summary>
    private static async IAsyncEnumerable<AccountRecord> ReadRevisionsAsync(
        ExportTable table, object?[] row, ReadExportPage readPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (table.Table.Name is "messages" && row[table.IndexOf("revisions")] is > 0L)
        {
            var revisions = Tables.Single(one => one.Table.Owner is RowOwner.Message);
            await foreach (var revision in ReadAsync(revisions, (long)row[table.IndexOf("id")]!, readPage, cancellationToken))
            {
                yield return ToRecord(revisions, revision);
            }
        }
    }

    private static async IAsyncEnumerable<object?[]> ReadAsync(
        ExportTable table, long ownerId, ReadExportPage readPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = long.MinValue;
        while (true)
        {
            var page = await readPage(table, ownerId, after, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < PageRows)
            {
                yield break;
            }

            after = (long)page[^1][table.IndexOf(table.Key)]!;
        }
    }

    private static AccountRecord ToRecord(ExportTable table, object?[] row) => new(
        table.Table.Name, [
            .. from one in table.Columns.Index()
               where one.Item.Name != SealedText
               select new KeyValuePair<string, object?>(one.Item.Name, row[one.Index]),
        ]);

    private static ExportTable ToExport(TransferTable table)
    {
        var columns = table.Columns.Where(column => !Withheld.Contains($"{table.Name}.{column.Name}"));
        return new ExportTable(AccountTables.Get(table.Name), table.HasSequence ? "id" : "dialog_id", [.. columns]);
    }
}
