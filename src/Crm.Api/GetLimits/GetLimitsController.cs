using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.Limits;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.GetLimits;

/// <summary>What Telegram wants the account not to do yet.</summary>
[Tags(ApiTags.Telegram)]
public sealed class GetLimitsController(IMediator mediator) : CrmController
{
    /// <summary>Tells what Telegram asks to wait with.</summary>
    /// <remarks>The waits that are not over, soonest end first. Until then such calls are answered with 429.</remarks>
    [HttpGet("limits", Name = "getLimits")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"method": "messages.sendMessage", "reason": "flood_wait", "id_user": null, "until": 1767225660, "seconds_left": 42},
         {"method": "messages.sendMessage", "reason": "slowmode_wait", "id_user": -1001234567890, "until": 1767225900, "seconds_left": 282}]
        """)]
    [ProducesResponseType<LimitState[]>(StatusCodes.Status200OK, Description = "The waits that are not over.")]
    public async Task<IActionResult> ReadAsync(CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new GetLimitsQuery(CallerAccountId), cancellationToken), Ok);
}
