using Crm.Application.Messages;
using Crm.Domain;
using MediatR;

namespace Crm.Application.LoadTgDialog;

/// <summary>Stores what is missing of a dialog's history, then streams the whole of it, oldest first.</summary>
public sealed record LoadTgDialogCommand(long AccountId, long DialogId) : IRequest<Result<IAsyncEnumerable<MessageRow>>>;
