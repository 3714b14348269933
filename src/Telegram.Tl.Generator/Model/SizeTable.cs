using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Model;

/// <summary>
/// The fewest bytes a value can take on the wire. A vector's count is held against it before anything is allocated,
/// so each of these must be a lower bound; the closer, the better.
/// </summary>
internal sealed class SizeTable
{
    private const int Word = 4;
    private const int VectorHeader = 2 * Word;

    /// <summary>Enough rounds for the bounds of types within types; stopping early only leaves them lower.</summary>
    private const int Rounds = 4;

    private readonly Dictionary<string, int> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byConstructor = new(StringComparer.Ordinal);

    public SizeTable(TypeTable types)
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var type in types.Types)
            {
                foreach (var constructor in type.Value)
                {
                    _byConstructor[constructor.Name] = constructor.Fields.Items.Sum(OfField);
                }
            }

            foreach (var type in types.Types)
            {
                _byType[type.Key] = type.Value.Min(constructor => Word + _byConstructor[constructor.Name]);
            }
        }
    }

    /// <summary>The size of a boxed value.</summary>
    public int OfType(string type) => _byType.TryGetValue(type, out var size) ? size : Word;

    /// <summary>The size of a constructor's fields; at least 1, so that a count of empty values can't be endless.</summary>
    public int OfBare(string constructor) => Math.Max(1, _byConstructor.TryGetValue(constructor, out var size) ? size : 0);

    private int OfField(TlField item)
    {
        if (item.FlagWord is not null)
        {
            return 0;
        }

        if (item.Type.IsVector)
        {
            return string.Equals(item.Type.Name, "vector", StringComparison.Ordinal) ? Word : VectorHeader;
        }

        return item.Type.Name switch
        {
            "long" or "double" => 8,
            "int128" => 16,
            "int256" => 32,
            "true" or "Object" => 0,
            _ when item.Type.IsPercent => 0,
            var name => _byType.TryGetValue(name, out var size) ? size : _byConstructor.ContainsKey(name) ? 0 : Word,
        };
    }
}
