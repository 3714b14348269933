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
        (int Status, string Description)[] common =
        [
            (StatusCodes.Status400BadRequest, "The request is malformed, or a field is missing or wrong."),
            (StatusCodes.Status401Unauthorized, "No token, one that is not valid, or a wrong password."),
            (StatusCodes.Status403Forbidden, "The API key may not do this."),
            (StatusCodes.Status413PayloadTooLarge, "The body is larger than 1 MiB."),
            (StatusCodes.Status415UnsupportedMediaType, "The body is not application/json in UTF-8."),
            (StatusCodes.Status429TooManyRequests, "Too many calls, or Telegram or the guard against guessing asks to wait: see Retry-After."),
            (StatusCodes.Status500InternalServerError, "A mistake of the server."),
            (StatusCodes.Status503ServiceUnavailable, "The database or Telegram is away for now."),
        ];
        foreach (var (status, description) in common)
        {
            filters.Add(new RefusesAttribute(status) { Description = description });
        }
    }
}
