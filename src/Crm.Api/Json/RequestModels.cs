namespace Crm.Api.Json;

/// <summary>A request model with a rule over more than one field.</summary>
internal interface ICheckedRequest
{
    IEnumerable<FieldProblem> Check();
}

/// <summary>What is wrong with a field, by its name in JSON.</summary>
internal readonly record struct FieldProblem(string Field, string Message);

/// <summary>A field that callers may write under either of two names.</summary>
internal static class EitherName
{
    public static IEnumerable<FieldProblem> Check(string name, long? value, string otherName, long? otherValue)
    {
        if (value is null && otherValue is null)
        {
            yield return new FieldProblem(name, $"Required: {name} or {otherName}.");
        }
        else if (value is not null && otherValue is not null && value != otherValue)
        {
            yield return new FieldProblem(name, $"Differs from {otherName}; one of them is enough.");
        }
    }
}
