using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.ReadImports;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Imports;

/// <summary>How far imports of dialogs have come.</summary>
[Tags(ApiTags.Messages)]
public sealed class ImportsController(IMediator mediator) : CrmController
{
    /// <summary>Lists imports of dialogs.</summary>
    /// <remarks>The latest 200, newest first.</remarks>
    [HttpGet("imports", Name = "listImports")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"id": 3, "id_user": 1001, "state": "running", "stored": 1200, "total": 5000, "rate": 400.0, "seconds_left": 10,
          "started_at": 1767225600, "updated_at": 1767225603, "finished_at": null, "error_code": null}]
        """)]
    [ProducesResponseType<ImportResponse[]>(StatusCodes.Status200OK, Description = "The latest 200, newest first.")]
    public async Task<IActionResult> ListAsync(CancellationToken cancellationToken) => Answer(
        await mediator.Send(new ListImportsQuery(CallerAccountId), cancellationToken),
        imports => Ok(imports.Select(ImportResponse.From)));

    /// <summary>Tells how far an import has come.</summary>
    [HttpGet("imports/{id:long}", Name = "getImport")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 3, "id_user": 1001, "state": "done", "stored": 5000, "total": 5000, "rate": 410.5, "seconds_left": 0,
         "started_at": 1767225600, "updated_at": 1767225612, "finished_at": 1767225612, "error_code": null}
        """)]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK, Description = "The import as it is now.")]
    [Refuses("import.not_found")]
    public async Task<IActionResult> FindAsync(long id, CancellationToken cancellationToken) => Answer(
        await mediator.Send(new FindImportQuery(CallerAccountId, id), cancellationToken),
        import => Ok(ImportResponse.From(import)));
}
