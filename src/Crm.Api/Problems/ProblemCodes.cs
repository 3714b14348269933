namespace Crm.Api.Problems;

/// <summary>Codes the API itself gives; those of the domain come with its errors.</summary>
internal static class ProblemCodes
{
    public const string ValidationFailed = "validation.failed";
    public const string RequestMalformed = "request.malformed";
    public const string RequestTimeout = "request.timeout";
    public const string RequestTooLarge = "request.too_large";
    public const string UnsupportedMediaType = "request.unsupported_media_type";
    public const string RateLimited = "request.rate_limited";
    public const string RouteNotFound = "route.not_found";
    public const string MethodNotAllowed = "route.method_not_allowed";
    public const string AuthenticationRequired = "authentication.required";
    public const string TokenInvalid = "authentication.token_invalid";
    public const string Forbidden = "authentication.forbidden";
    public const string SignInUnreadable = "telegram.sign_in_unreadable";
    public const string StorageUnavailable = "storage.unavailable";
    public const string ServerError = "server.error";

    // What no route answers, for statuses of the framework that nobody has foreseen.
    public const string ServerUnavailable = "server.unavailable";
    public const string RequestRefused = "request.refused";
}
