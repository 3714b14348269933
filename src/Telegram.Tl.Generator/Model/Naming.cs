using System.Text;

namespace Telegram.Tl.Generator.Model;

/// <summary>From TL names to C# names.</summary>
internal static class Naming
{
    /// <summary>Members that every class has of its own; a field of that name gets a suffix.</summary>
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "ConstructorId", "Equals", "GetHashCode", "GetType", "MemberwiseClone", "Read", "ReadBareVector", "ReadFields", "ReadResult",
        "ReadVector", "ReferenceEquals", "TlId", "ToString", "Write", "WriteFields", "WriteResult",
    };

    /// <summary><c>messages.dialogsSlice</c> → <c>MessagesDialogsSlice</c>; <c>p_q_inner_data</c> → <c>PQInnerData</c>.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        var atStart = true;
        foreach (var character in name)
        {
            if (character is '.' or '_')
            {
                atStart = true;
                continue;
            }

            text.Append(atStart ? char.ToUpperInvariant(character) : character);
            atStart = false;
        }

        return text.ToString();
    }

    /// <summary>The interface of a TL type with several constructors.</summary>
    public static string Interface(string type) => "I" + Pascal(type);

    /// <summary>A property; one that would be called as its class (or as a member every class has) is called <c>…Value</c>.</summary>
    public static string Property(string field, string className)
    {
        var name = Pascal(field);
        return string.Equals(name, className, StringComparison.Ordinal) || Taken.Contains(name) ? name + "Value" : name;
    }
}
