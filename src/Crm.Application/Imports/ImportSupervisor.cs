using Crm.Application.Concurrency;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Domain.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Application.Imports;

/// <summary>Goes on with imports that were interrupted, or that ran when a process ended, as long as this one speaks with Telegram.</summary>
internal sealed partial class ImportSupervisor(
    IImportStore imports, IConnectionStore connections, IDialogStore dialogs, ImportRunner runner, ITelegramOwnership ownership,
    TimeProvider time, ILogger<ImportSupervisor> logger) : BackgroundService, IOwnershipObserver
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly Signal _wake = new(time);

    public void Gained()
    {
        runner.Open();
        _wake.Set();
    }

    public Task LostAsync() => runner.CloseAsync();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ResumeAsync(stoppingToken);
            await _wake.WaitAsync(Look, stoppingToken);
        }
    }

    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var import in ownership.IsHeld ? await imports.ListUnfinishedAsync(cancellationToken) : [])
            {
                if (import.IsDue(time.GetUtcNow()) && !runner.IsRunning(import.ConnectionId, import.DialogId))
                {
                    await ResumeAsync(import, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogPutOff(exception);
        }
    }

    private async Task ResumeAsync(Import import, CancellationToken cancellationToken)
    {
        if (await connections.FindAsync(import.ConnectionId, cancellationToken) is not { Status: ConnectionStatus.Authorized } connection)
        {
            await imports.EndAsync(import.Id, new ImportEnd(ImportState.Failed, TelegramErrors.NotAuthorized.Code), cancellationToken);
        }
        else if (await dialogs.FindPeerAsync(connection.Id, import.DialogId, cancellationToken) is not { } peer)
        {
            await imports.EndAsync(import.Id, new ImportEnd(ImportState.Failed, TelegramErrors.DialogNotFound.Code), cancellationToken);
        }
        else
        {
            LogResumed(import.DialogId, connection.Id);
            runner.Resume(connection, peer);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The import of dialog {DialogId} of connection {ConnectionId} goes on")]
    private partial void LogResumed(long dialogId, long connectionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Which imports are unfinished could not be looked at; trying again")]
    private partial void LogPutOff(Exception exception);
}
