namespace Crm.Domain;

/// <summary>What kind of refusal an <see cref="Error"/> is; the API gives each kind one HTTP status.</summary>
public enum ErrorCategory
{
    Validation,
    Unauthorized,
    NotFound,
    Conflict,
    Gone,
    TooManyRequests,
    BadGateway,
    Unavailable,
}

/// <summary>An expected refusal: a stable code, its category and a sentence for people. It never carries a secret.</summary>
public sealed record Error(string Code, ErrorCategory Category, string Message)
{
    /// <summary>How long the caller has to wait before it makes sense to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is wrong with which field of the request, keyed by its name in JSON.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>Numbers that help a program to go on, keyed by their names in JSON.</summary>
    public IReadOnlyDictionary<string, long>? Facts { get; init; }

    public static Error Validation(string field, string problem) => Validation(
        new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [problem] });

    public static Error Validation(IReadOnlyDictionary<string, string[]> fields) =>
        new("validation.failed", ErrorCategory.Validation, "The request is not valid.") { Fields = fields };
}
