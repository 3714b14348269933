namespace Crm.Api.Problems;

/// <summary>What a bare status means when nothing more is known: the server, routing or authentication refused.</summary>
internal static class StatusProblems
{
    public static Problem TokenInvalid { get; } = new(
        StatusCodes.Status401Unauthorized, ProblemCodes.TokenInvalid, "The token is not valid, has expired or was revoked.");

    public static Problem For(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, ProblemCodes.RequestMalformed, "The request is malformed."),
        StatusCodes.Status401Unauthorized =>
            new(status, ProblemCodes.AuthenticationRequired, "Sign in first: account_auth gives an access token."),
        StatusCodes.Status403Forbidden => new(status, ProblemCodes.Forbidden, "The API key may not do this."),
        StatusCodes.Status404NotFound => new(status, ProblemCodes.RouteNotFound, "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(status, ProblemCodes.MethodNotAllowed, "This address does not take this method."),
        StatusCodes.Status408RequestTimeout => new(status, ProblemCodes.RequestTimeout, "The request took too long to arrive."),
        StatusCodes.Status413PayloadTooLarge => new(status, ProblemCodes.RequestTooLarge, "The body is larger than 1 MiB."),
        StatusCodes.Status415UnsupportedMediaType =>
            new(status, ProblemCodes.UnsupportedMediaType, "The body must be application/json in UTF-8."),
        StatusCodes.Status429TooManyRequests => new(status, ProblemCodes.RateLimited, "Too many calls at once; wait a little."),
        StatusCodes.Status500InternalServerError => new(status, ProblemCodes.ServerError, "Something went wrong on our side."),
        >= 500 => new(status, ProblemCodes.ServerUnavailable, "The server cannot answer now."),
        _ => new(status, ProblemCodes.RequestRefused, "The request was refused."),
    };
}
