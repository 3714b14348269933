using System.Globalization;
using System.Runtime.CompilerServices;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>Rows out of a file that was exported; every line is checked, also those that are passed over because they were brought already.</summary>
internal sealed class ExportFile : ITransferSource
{
    private static readonly Dictionary<TransferTable, int> Order =
        TransferSchema.Tables.Index().ToDictionary(one => one.Item, one => one.Index);

    private readonly string _file;
    private readonly ExportHeader _header;
    private readonly LineReader _lines;
    private (TransferTable Table, object?[] Values)? _next;
    private TransferTable? _previous;

    private ExportFile(string file, ExportHeader header, LineReader lines) => (_file, _header, _lines) = (file, header, lines);

    public TransferIdentity Identity => new($"export:{_header.Id}", "");

    public static async Task<ExportFile> OpenAsync(string file, CancellationToken cancellationToken)
    {
        var (header, lines) = await OpenLinesAsync(file, cancellationToken);
        return new ExportFile(file, header, lines);
    }

    public Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken) => Task.FromResult(_header.Rows);

    public Task<IReadOnlyDictionary<string, long>> GetSequencesAsync(CancellationToken cancellationToken) => Task.FromResult(_header.Sequences);

    public IAsyncEnumerable<TransferRow> ReadAsync(TransferStep step, string? after, CancellationToken cancellationToken) =>
        step.IsLate ? ReadAgainAsync(step, cancellationToken) : ReadOnAsync(step, after, cancellationToken);

    public string PositionOf(TransferStep step, TransferRow row) => row.Line.ToString(CultureInfo.InvariantCulture);

    /// <summary>All of it has been read, and it ended behind the last table.</summary>
    public async Task EnsureUnchangedAsync(CancellationToken cancellationToken)
    {
        while (await PeekAsync(cancellationToken) is not null)
        {
            _next = null;
        }
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();

    private static async Task<(ExportHeader Header, LineReader Lines)> OpenLinesAsync(string file, CancellationToken cancellationToken)
    {
        var lines = new LineReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan));
        try
        {
            return await lines.ReadAsync(cancellationToken) is { } first
                ? (ExportHeader.Read(first), lines)
                : throw new TransferException("Line 1: the file is empty.");
        }
        catch
        {
            await lines.DisposeAsync();
            throw;
        }
    }

    private async IAsyncEnumerable<TransferRow> ReadOnAsync(
        TransferStep step, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var behind = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
        while (await PeekAsync(cancellationToken) is { } row && Order[row.Table] <= Order[step.Table])
        {
            if (row.Table == step.Table && _lines.Number > behind)
            {
                yield return new TransferRow(Pick(step, row.Values), _lines.Number);
            }

            _next = null;
        }
    }

    /// <summary>Columns that had to wait are read from the beginning again.</summary>
    private async IAsyncEnumerable<TransferRow> ReadAgainAsync(TransferStep step, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (header, lines) = await OpenLinesAsync(_file, cancellationToken);
        await using var again = new ExportFile(_file, header, lines);
        await foreach (var row in again.ReadOnAsync(step, after: null, cancellationToken))
        {
            yield return row;
        }
    }

    /// <summary>The row that is to be taken next; null at the end.</summary>
    private async ValueTask<(TransferTable Table, object?[] Values)?> PeekAsync(CancellationToken cancellationToken)
    {
        if (_next is null && await _lines.ReadAsync(cancellationToken) is { } line)
        {
            var previous = _previous;
            _next = ExportRow.Read(line, _lines.Number);
            _previous = _next.Value.Table;
            if (previous is not null && Order[previous] > Order[_previous])
            {
                throw new TransferException($"Line {_lines.Number}: a row of {_previous.Name} comes after those of {previous.Name}.");
            }
        }

        return _next;
    }

    private static object?[] Pick(TransferStep step, object?[] values) =>
        step.Columns.Count == step.Table.Columns.Count ? values : [.. step.Columns.Select(column => values[step.Table.Whole.IndexOf(column)])];
}
