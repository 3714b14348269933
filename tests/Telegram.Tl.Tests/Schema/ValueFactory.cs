namespace Telegram.Tl.Tests.Schema;

public enum Fill
{
    None,
    Some,
    All,
}

/// <summary>Makes values of any generated class, the same ones for the same seed.</summary>
internal sealed class ValueFactory(int seed, Fill fill)
{
    private const int MaxDepth = 3;
    private readonly Random _random = new(seed);
    private int _depth;

    public ITlObject Create(Type type)
    {
        _depth++;
        var value = Create(type, fill);
        if (fill == Fill.Some && !IsConsistent(value))
        {
            // Fields that share a bit are there together or not at all; reflection can't see which these are.
            value = Create(type, Fill.All);
        }

        _depth--;
        return value;
    }

    public object CreateValue(Type type)
    {
        var known = Nullable.GetUnderlyingType(type) ?? type;
        if (known.IsArray && known != typeof(byte[]))
        {
            return CreateArray(known.GetElementType()!);
        }

        return known switch
        {
            _ when known == typeof(int) => _random.Next(int.MinValue, int.MaxValue),
            _ when known == typeof(long) => _random.NextInt64(long.MinValue, long.MaxValue),
            _ when known == typeof(double) => (_random.NextDouble() - 0.5) * 1e9,
            _ when known == typeof(bool) => _random.Next(2) == 0,
            _ when known == typeof(string) => new string((char)('а' + _random.Next(32)), _random.Next(200)),
            _ when known == typeof(byte[]) => RandomBytes(4 * _random.Next(80)),
            _ when known == typeof(TlInt128) => new TlInt128(RandomBytes(TlInt128.Size)),
            _ when known == typeof(TlInt256) => new TlInt256(RandomBytes(TlInt256.Size)),
            _ when known == typeof(ITlFunction) => new Functions.HelpGetConfig(),
            _ when known.IsInterface => CreateCase(known),
            _ => Create(known),
        };
    }

    private static bool IsConsistent(ITlObject value)
    {
        try
        {
            var read = Combinators.Read(value is ITlFunction, TlSerializer.ToBytes(value));
            return ObjectLines.Of(read).SequenceEqual(ObjectLines.Of(value), StringComparer.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private ITlObject Create(Type type, Fill amount)
    {
        var value = Activator.CreateInstance(type)!;
        foreach (var property in Combinators.Properties(type))
        {
            if (Combinators.IsRequired(property) || IsWanted(property.PropertyType, amount))
            {
                var isBit = property.PropertyType == typeof(bool) && !Combinators.IsRequired(property);
                property.SetValue(value, isBit ? true : CreateValue(property.PropertyType));
            }
        }

        return (ITlObject)value;
    }

    private bool IsWanted(Type type, Fill amount) => amount switch
    {
        Fill.None => false,
        Fill.Some => _random.Next(2) == 0 && (_depth <= MaxDepth || !Combinators.HoldsObjects(type)),
        _ => true,
    };

    private ITlObject CreateCase(Type union)
    {
        var cases = Combinators.Cases(union);
        return Create(_depth < MaxDepth ? cases[_random.Next(cases.Count)] : cases[0]);
    }

    private Array CreateArray(Type element)
    {
        var length = _depth < MaxDepth ? _random.Next(3) : _depth == MaxDepth && !Combinators.HoldsObjects(element) ? 1 : 0;
        var array = Array.CreateInstance(element, length);
        for (var i = 0; i < length; i++)
        {
            array.SetValue(CreateValue(element), i);
        }

        return array;
    }

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
