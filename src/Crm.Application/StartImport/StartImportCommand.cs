using Crm.Application.Imports;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.StartImport;

/// <summary>Begins to bring in what is missing of a dialog, or goes on with an import that is paused; answers at once.</summary>
public sealed record StartImportCommand(long AccountId, long DialogId) : IRequest<Result<Import>>, ITelegramRequest;

internal sealed class StartImportHandler(
    PeerFinder peers, IImportStore imports, ImportRunner runner, TimeProvider time)
    : IRequestHandler<StartImportCommand, Result<Import>>
{
    public async Task<Result<Import>> Handle(StartImportCommand request, CancellationToken cancellationToken)
    {
        var dialog = await peers.FindAsync(request.AccountId, request.DialogId, cancellationToken);
        return dialog.IsSuccess ? await StartAsync(dialog.Value.Connection, dialog.Value.Peer, cancellationToken) : dialog.Error;
    }

    private async Task<Result<Import>> StartAsync(Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        var unfinished = await imports.FindUnfinishedAsync(connection.Id, peer.DialogId, cancellationToken);
        if (unfinished?.ErrorCode == TelegramErrors.FloodWaitCode && !unfinished.IsDue(time.GetUtcNow()))
        {
            // It goes on by itself when Telegram allows it, and not before.
            return unfinished;
        }

        var import = await imports.BeginAsync(connection.Id, peer.DialogId, cancellationToken);
        var started = runner.Start(connection, peer);
        return started.IsSuccess ? import : started.Error;
    }
}
