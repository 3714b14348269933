using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Crm.Api.Documentation;

/// <summary>Says that an action may answer with a problem of this status.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RefusesAttribute(int status) : ProducesResponseTypeAttribute(typeof(ProblemBody), status, ProblemBody.ContentType)
{
    /// <summary>What every action may answer: the refusals of the server itself.</summary>
    public static void AddCommon(FilterCollection filters)
    {
        filters.Add(new RefusesAttribute(StatusCodes.Status400BadRequest) { Description = "The request is malformed, or a field is missing or wrong." });
        filters.Add(new RefusesAttribute(StatusCodes.Status401Unauthorized) { Description = "No token, one that is not valid, or a wrong password." });
        filters.Add(new RefusesAttribute(StatusCodes.Status413PayloadTooLarge) { Description = "The body is larger than 1 MiB." });
        filters.Add(new RefusesAttribute(StatusCodes.Status415UnsupportedMediaType) { Description = "The body is not application/json in UTF-8." });
        filters.Add(new RefusesAttribute(StatusCodes.Status500InternalServerError) { Description = "A mistake of the server." });
        filters.Add(new RefusesAttribute(StatusCodes.Status503ServiceUnavailable) { Description = "The database or Telegram is away for now." });
    }
}
