using Crm.Application.Imports;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.PauseImport;

/// <summary>Stops an import until it is started again; what is stored stays. One that is over stays as it is.</summary>
public sealed record PauseImportCommand(long AccountId, long ImportId) : IRequest<Result<Import>>, ITelegramRequest;

internal sealed class PauseImportHandler(IImportStore imports, ImportRunner runner) : IRequestHandler<PauseImportCommand, Result<Import>>
{
    public async Task<Result<Import>> Handle(PauseImportCommand request, CancellationToken cancellationToken)
    {
        if (await imports.FindAsync(request.AccountId, request.ImportId, cancellationToken) is not { } import)
        {
            return ImportErrors.NotFound;
        }

        if (import.State is ImportState.Running or ImportState.Interrupted)
        {
            // Once it has been stopped it has to be stored why, also when the caller has gone away meanwhile.
            await runner.HoldAsync(
                import.ConnectionId, import.DialogId, () => imports.EndAsync(import.Id, ImportErrors.PausedEnd, CancellationToken.None), cancellationToken);
        }

        return await imports.FindAsync(request.AccountId, request.ImportId, cancellationToken) is { } paused ? paused : ImportErrors.NotFound;
    }
}
