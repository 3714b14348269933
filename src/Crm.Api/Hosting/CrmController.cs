using Crm.Api.Authentication;
using Crm.Api.Problems;
using Crm.Domain;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Hosting;

/// <summary>What the controllers share: who calls, and how a result becomes an answer.</summary>
[ApiController]
[Route("api")]
public abstract class CrmController : ControllerBase
{
    /// <summary>The account every call acts for, and no other.</summary>
    protected long CallerAccountId => User.AccountId();

    protected static IActionResult Answer<T>(Result<T> result, Func<T, IActionResult> success) => result.Match(success, Refuse);

    protected static IActionResult Refuse(Error error) => new ProblemResult(error.ToProblem());
}
