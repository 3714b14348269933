using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.AccountExport;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountExport;

/// <summary>All of an account's data, to take along.</summary>
public sealed class AccountExportController(IMediator mediator) : CrmController
{
    /// <summary>
    /// Streams everything that is stored of the account as JSON lines, a row each, without secrets. The last line says how many rows came
    /// before it; without it the answer was broken off.
    /// </summary>
    [HttpGet("account_export")]
    [Access(AccessScopes.Admin)]
    [ProducesResponseType<string>(StatusCodes.Status200OK, AccountExportResult.MediaType)]
    [Refuses(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> ExportAsync(CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new AccountExportQuery(CallerAccountId), cancellationToken), rows => new AccountExportResult(rows));
}
