using Crm.Application.Imports;
using Crm.Application.Messages;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Domain;
using MediatR;

namespace Crm.Application.LoadTgDialog;

/// <summary>Stores what is missing of a dialog's history, then streams the whole of it, oldest first.</summary>
public sealed record LoadTgDialogCommand(long AccountId, long DialogId) : IRequest<Result<IAsyncEnumerable<MessageRow>>>, ITelegramRequest;

internal sealed class LoadTgDialogHandler(
    PeerFinder peers, ImportRunner importer, IMessageStore messages)
    : IRequestHandler<LoadTgDialogCommand, Result<IAsyncEnumerable<MessageRow>>>
{
    public async Task<Result<IAsyncEnumerable<MessageRow>>> Handle(LoadTgDialogCommand request, CancellationToken cancellationToken)
    {
        var dialog = await peers.FindAsync(request.AccountId, request.DialogId, cancellationToken);
        if (!dialog.IsSuccess)
        {
            return dialog.Error;
        }

        var imported = await importer.ImportAsync(dialog.Value.Connection, dialog.Value.Peer, cancellationToken);
        if (!imported.IsSuccess)
        {
            return imported.Error;
        }

        var filter = new MessageFilter(request.AccountId) { ConnectionId = dialog.Value.Connection.Id, DialogId = request.DialogId };
        return Result.Success(messages.ReadAsync(filter, cancellationToken));
    }
}
