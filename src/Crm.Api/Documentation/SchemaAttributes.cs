using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace Crm.Api.Documentation;

/// <summary>Says that a member may be missing in JSON but is never null there.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NeverNullAttribute : Attribute;

/// <summary>The values a text, or each text of a list, can have.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute(params string[] values) : Attribute
{
    public IEnumerable<JsonNode> Values => values.Select(value => (JsonNode)value);
}

/// <summary>Says that a request needs one of two fields, whichever.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EitherFieldAttribute(string one, string other) : Attribute
{
    public IReadOnlyList<string> Fields => [one, other];
}

/// <summary>A header an action reads.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RequestHeaderAttribute(string name, string description, string pattern, string example) : Attribute
{
    public string Name => name;

    public string Description => description;

    public string Pattern => pattern;

    public string Example => example;
}

/// <summary>A dialog's id in the marked form (<see cref="Crm.Domain.Dialogs.DialogId"/>).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DialogIdRangeAttribute() : RangeAttribute(typeof(long), "-1997852516352", "1099511627775");

/// <summary>A number of 64 bits that has a lower bound.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class AtLeastAttribute(int minimum) : RangeAttribute(typeof(long), $"{minimum}", Largest)
{
    /// <summary>What 64 bits hold says the format already.</summary>
    public const string Largest = "9223372036854775807";
}
