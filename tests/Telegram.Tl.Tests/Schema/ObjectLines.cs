using System.Globalization;

namespace Telegram.Tl.Tests.Schema;

/// <summary>What an object holds, in the lines of <see cref="SchemaWalker"/>.</summary>
internal static class ObjectLines
{
    public static List<string> Of(ITlObject value)
    {
        var lines = new List<string>();
        Object(lines, "", value);
        return lines;
    }

    private static void Object(List<string> lines, string path, ITlObject value)
    {
        var type = value.GetType();
        lines.Add($"{path}#{type.Name}");
        foreach (var property in Combinators.Properties(type))
        {
            var isBit = property.PropertyType == typeof(bool) && !Combinators.IsRequired(property);
            var name = property.Name == type.Name + "Value" ? type.Name : property.Name;
            var content = property.GetValue(value);
            if (content is not null && !(isBit && content is false))
            {
                Value(lines, $"{path}.{name}", content);
            }
        }
    }

    private static void Value(List<string> lines, string path, object value)
    {
        switch (value)
        {
            case ITlObject inner:
                Object(lines, path, inner);
                break;
            case byte[] bytes:
                lines.Add($"{path}={Convert.ToHexString(bytes)}");
                break;
            case TlInt128 number:
                lines.Add($"{path}={Convert.ToHexString(number.ToArray())}");
                break;
            case TlInt256 number:
                lines.Add($"{path}={Convert.ToHexString(number.ToArray())}");
                break;
            case Array array:
                for (var i = 0; i < array.Length; i++)
                {
                    Value(lines, $"{path}[{i}]", array.GetValue(i)!);
                }

                break;
            default:
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{path}={value}"));
                break;
        }
    }
}
