namespace Telegram.Tl;

public ref partial struct TlWriter
{
    /// <summary>Writes the number and the count of a boxed vector; the elements follow.</summary>
    /// <param name="count">How many elements follow.</param>
    public void WriteVectorHeader(int count)
    {
        WriteUInt32(TlIds.Vector);
        WriteInt32(count);
    }

    /// <summary>Writes a <c>Vector&lt;int&gt;</c>.</summary>
    /// <param name="values">The elements.</param>
    public void WriteInt32Vector(int[] values)
    {
        WriteVectorHeader(values.Length);
        foreach (var value in values)
        {
            WriteInt32(value);
        }
    }

    /// <summary>Writes a <c>Vector&lt;long&gt;</c>.</summary>
    /// <param name="values">The elements.</param>
    public void WriteInt64Vector(long[] values)
    {
        WriteVectorHeader(values.Length);
        foreach (var value in values)
        {
            WriteInt64(value);
        }
    }

    /// <summary>Writes a <c>Vector&lt;double&gt;</c>.</summary>
    /// <param name="values">The elements.</param>
    public void WriteDoubleVector(double[] values)
    {
        WriteVectorHeader(values.Length);
        foreach (var value in values)
        {
            WriteDouble(value);
        }
    }

    /// <summary>Writes a <c>Vector&lt;string&gt;</c>.</summary>
    /// <param name="values">The elements.</param>
    public void WriteStringVector(string[] values)
    {
        WriteVectorHeader(values.Length);
        foreach (var value in values)
        {
            WriteString(value);
        }
    }

    /// <summary>Writes a <c>Vector&lt;bytes&gt;</c>.</summary>
    /// <param name="values">The elements.</param>
    public void WriteBytesVector(byte[][] values)
    {
        WriteVectorHeader(values.Length);
        foreach (var value in values)
        {
            WriteBytes(value);
        }
    }

    /// <summary>Writes a <c>Vector&lt;Bool&gt;</c>.</summary>
    /// <param name="values">The elements.</param>
    public void WriteBoolVector(bool[] values)
    {
        WriteVectorHeader(values.Length);
        foreach (var value in values)
        {
            WriteBool(value);
        }
    }

    /// <summary>Writes a vector of boxed objects.</summary>
    /// <typeparam name="T">The C# type of the elements.</typeparam>
    /// <param name="values">The elements.</param>
    public void WriteObjectVector<T>(T[] values)
        where T : class, ITlObject
    {
        WriteVectorHeader(values.Length);
        foreach (var value in values)
        {
            value.Write(ref this);
        }
    }
}
