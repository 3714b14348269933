using Crm.Application.Ports;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Hosting;
using Crm.Infrastructure.Persistence.Sqlite;
using Crm.Infrastructure.Persistence.SqlServer;
using Crm.Infrastructure.Security;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>Moves everything a database holds to another one, or to a file and back. What has been moved already is not moved twice.</summary>
public sealed class StorageTransfer(TimeProvider time, IProgress<TransferProgress>? progress = null)
{
    private readonly IProcesses _processes = new Processes();

    /// <summary>Copies a database into an empty one, or goes on with a copy of it that was broken off.</summary>
    /// <exception cref="TransferException">It can't be done; the message says why.</exception>
    /// <exception cref="StorageUnavailableException">One of the databases can't answer.</exception>
    public Task<TransferReport> CopyAsync(StorageLocation from, StorageLocation to, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await using var source = from.IsSqlServer
            ? await SqlServerTransferSource.OpenAsync(from.Value, _processes, time, cancellationToken)
            : (ITransferSource)SqliteTransferSource.OpenForCopy(from.Value, _processes, time.GetUtcNow());
        await using var target = await OpenTargetAsync(to, cancellationToken);
        return await new TransferRun(source, target, progress).RunAsync(cancellationToken);
    });

    /// <summary>Writes a database as JSON lines.</summary>
    public Task<TransferReport> ExportAsync(StorageLocation from, Stream to, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await using var source = from.IsSqlServer
            ? await SqlServerTransferSource.OpenAsync(from.Value, _processes, time, cancellationToken)
            : (ITransferSource)SqliteTransferSource.OpenForExport(from.Value);
        return await new ExportWriter(source, to, progress).WriteAsync(time.GetUtcNow(), cancellationToken);
    });

    /// <summary>Writes a database to a file that its owner alone may read. It has its name only when it is whole.</summary>
    public Task<TransferReport> ExportAsync(StorageLocation from, string file, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (File.Exists(file))
        {
            throw new TransferException($"{file} is there already.");
        }

        var part = $"{file}.part";
        File.Delete(part);
        TransferReport report;
        await using (var stream = PrivateFile.Create(part))
        {
            report = await ExportAsync(from, stream, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, file, overwrite: false);
        return report;
    });

    /// <summary>Brings an exported file into an empty database, or goes on where that was broken off.</summary>
    public Task<TransferReport> ImportAsync(string file, StorageLocation to, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await using var source = await ExportFile.OpenAsync(file, cancellationToken);
        await using var target = await OpenTargetAsync(to, cancellationToken);
        return await new TransferRun(source, target, progress).RunAsync(cancellationToken);
    });

    private async Task<ITransferTarget> OpenTargetAsync(StorageLocation to, CancellationToken cancellationToken) => to.IsSqlServer
        ? await SqlServerTransferTarget.OpenAsync(to.Value, _processes, time, cancellationToken)
        : SqliteTransferTarget.Open(to.Value, _processes, time);

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (SqliteException exception) when (SqliteErrors.FindTrouble(exception) is { } trouble)
        {
            throw SqliteErrors.Wrap(trouble, exception);
        }
        catch (SqlException exception)
        {
            // The server's words may hold names and values.
            throw SqlServerErrors.FindTrouble(exception) is { } trouble
                ? SqlServerErrors.Wrap(exception, trouble)
                : new TransferException($"SQL Server refuses a statement (error {exception.Number}).", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransferException(exception.Message, exception);
        }
    }
}
