namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>How far a table is.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">Rows moved so far, those before an interruption included.</param>
/// <param name="Total">Rows it has.</param>
/// <param name="Moved">Rows moved in this run, over all tables.</param>
public sealed record TransferProgress(string Table, long Rows, long Total, long Moved);

/// <summary>What became of it.</summary>
/// <param name="Rows">Rows by table, all of them checked.</param>
/// <param name="Moved">How many of them this run moved.</param>
/// <param name="WasComplete">An earlier run had finished already.</param>
public sealed record TransferReport(IReadOnlyDictionary<string, long> Rows, long Moved, bool WasComplete);
