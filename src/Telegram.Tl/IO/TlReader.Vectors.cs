namespace Telegram.Tl;

public ref partial struct TlReader
{
    /// <summary>Reads a <c>Vector&lt;int&gt;</c>.</summary>
    /// <exception cref="TlException">No vector, or cut short.</exception>
    public int[] ReadInt32Vector()
    {
        var values = new int[ReadVectorCount(sizeof(int))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadInt32();
        }

        return values;
    }

    /// <summary>Reads a <c>Vector&lt;long&gt;</c>.</summary>
    /// <exception cref="TlException">No vector, or cut short.</exception>
    public long[] ReadInt64Vector()
    {
        var values = new long[ReadVectorCount(sizeof(long))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadInt64();
        }

        return values;
    }

    /// <summary>Reads a <c>Vector&lt;double&gt;</c>.</summary>
    /// <exception cref="TlException">No vector, or cut short.</exception>
    public double[] ReadDoubleVector()
    {
        var values = new double[ReadVectorCount(sizeof(double))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadDouble();
        }

        return values;
    }

    /// <summary>Reads a <c>Vector&lt;string&gt;</c>.</summary>
    /// <exception cref="TlException">No vector, or cut short.</exception>
    public string[] ReadStringVector()
    {
        var values = new string[ReadVectorCount(sizeof(int))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadString();
        }

        return values;
    }

    /// <summary>Reads a <c>Vector&lt;bytes&gt;</c>.</summary>
    /// <exception cref="TlException">No vector, or cut short.</exception>
    public byte[][] ReadBytesVector()
    {
        var values = new byte[ReadVectorCount(sizeof(int))][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadBytes();
        }

        return values;
    }

    /// <summary>Reads a <c>Vector&lt;Bool&gt;</c>.</summary>
    /// <exception cref="TlException">No vector, or cut short.</exception>
    public bool[] ReadBoolVector()
    {
        var values = new bool[ReadVectorCount(sizeof(int))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadBool();
        }

        return values;
    }

    /// <summary>Reads the number and the count of a boxed vector.</summary>
    /// <param name="minimumElementSize">The fewest bytes one element can take; at least 1.</param>
    /// <returns>A count whose elements can all be in the bytes that remain.</returns>
    /// <exception cref="TlException">No vector, or a count that cannot be true.</exception>
    public int ReadVectorCount(int minimumElementSize)
    {
        ReadConstructor(TlIds.Vector, "Vector");
        return ReadBareVectorCount(minimumElementSize);
    }

    /// <summary>Reads the count of a bare <c>vector</c>.</summary>
    /// <param name="minimumElementSize">The fewest bytes one element can take; at least 1.</param>
    /// <returns>A count whose elements can all be in the bytes that remain.</returns>
    /// <exception cref="TlException">A count that cannot be true.</exception>
    public int ReadBareVectorCount(int minimumElementSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumElementSize, 1);
        var count = ReadUInt32();
        if (count * (long)minimumElementSize > Remaining - _reserved)
        {
            throw new TlException("A vector claims more elements than there are bytes for.");
        }

        return (int)count;
    }

    /// <summary>
    /// Opens a vector of objects. What its elements need at least is set aside, so that vectors inside them cannot claim
    /// the same bytes again: all arrays together stay within a small multiple of the input.
    /// </summary>
    internal int BeginVector(int minimumElementSize, bool bare = false)
    {
        var count = bare ? ReadBareVectorCount(minimumElementSize) : ReadVectorCount(minimumElementSize);
        _reserved += count * minimumElementSize;
        return count;
    }

    /// <summary>Gives back what one element set aside, just before it is read.</summary>
    internal void BeginElement(int minimumElementSize) => _reserved -= minimumElementSize;
}
