using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.ReadImports;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Imports;

/// <summary>How far imports of dialogs have come.</summary>
public sealed class ImportsController(IMediator mediator) : CrmController
{
    /// <summary>The account's imports, newest first: the latest 200.</summary>
    [HttpGet("imports")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"id": 3, "id_user": 1001, "state": "running", "stored": 1200, "total": 5000, "rate": 400.0, "seconds_left": 10,
          "started_at": 1767225600, "updated_at": 1767225603, "finished_at": null, "error_code": null}]
        """)]
    [ProducesResponseType<ImportResponse[]>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ListAsync(CancellationToken cancellationToken) => Answer(
        await mediator.Send(new ListImportsQuery(CallerAccountId), cancellationToken),
        imports => Ok(imports.Select(ImportResponse.From)));

    /// <summary>One of the account's imports.</summary>
    [HttpGet("imports/{id:long}")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 3, "id_user": 1001, "state": "done", "stored": 5000, "total": 5000, "rate": 410.5, "seconds_left": 0,
         "started_at": 1767225600, "updated_at": 1767225612, "finished_at": 1767225612, "error_code": null}
        """)]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> FindAsync(long id, CancellationToken cancellationToken) => Answer(
        await mediator.Send(new FindImportQuery(CallerAccountId, id), cancellationToken),
        import => Ok(ImportResponse.From(import)));
}
