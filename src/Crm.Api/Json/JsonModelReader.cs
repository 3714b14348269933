using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Crm.Api.Json;

/// <summary>Fills a request model from a JSON object and notes each field that is missing or does not fit, by its name in JSON.</summary>
internal static class JsonModelReader
{
    public static object Read(JsonElement json, Type modelType, ModelStateDictionary errors)
    {
        var type = ApiJson.Options.GetTypeInfo(modelType);
        var model = type.CreateObject!();
        foreach (var property in type.Properties.Where(property => property.Set is not null))
        {
            if (json.TryGetProperty(property.Name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                ReadField(model, property, value, errors);
            }
            else if (property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: false) is true)
            {
                errors.AddModelError(property.Name, "Required.");
            }
        }

        // A field that does not fit would look missing to a rule over several.
        if (errors.IsValid && model is ICheckedRequest rules)
        {
            foreach (var problem in rules.Check())
            {
                errors.AddModelError(problem.Field, problem.Message);
            }
        }

        return model;
    }

    private static void ReadField(object model, JsonPropertyInfo property, JsonElement value, ModelStateDictionary errors)
    {
        try
        {
            property.Set!(model, value.Deserialize(ApiJson.Options.GetTypeInfo(property.PropertyType)));
        }
        catch (JsonException)
        {
            errors.AddModelError(property.Name, Expected(property.PropertyType));
        }
    }

    private static string Expected(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return Type.GetTypeCode(plain) switch
        {
            TypeCode.String => "Must be a string of valid Unicode text.",
            TypeCode.Boolean => "Must be true or false.",
            TypeCode.Int32 => "Must be a whole number of at most 32 bits.",
            TypeCode.Int64 => "Must be a whole number of at most 64 bits.",
            _ when plain == typeof(SignInCode) => SignInCode.Expected,
            _ => "Has the wrong type.",
        };
    }
}
