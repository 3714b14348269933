namespace Crm.Api.Documentation;

/// <summary>A request as callers write it, shown in the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RequestExampleAttribute(string name, string json) : Attribute
{
    public string Name => name;

    public string Json => json;
}

/// <summary>An answer as callers read it, shown in the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AnswerExampleAttribute(int status, string json) : Attribute
{
    public int Status => status;

    public string Json => json;
}
