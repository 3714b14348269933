namespace Telegram.Tl;

/// <summary>Every combinator of the schema, by its number.</summary>
public static partial class TlRegistry
{
    /// <summary>Reads a function call, of the API or of MTProto, as a server gets it.</summary>
    /// <param name="reader">Stands before the call; stands after it on return.</param>
    /// <remarks>A call inside <c>gzip_packed</c> is unpacked: some clients pack what stands inside <c>invokeAfterMsg</c>.</remarks>
    /// <exception cref="UnknownConstructorException">No function has this number.</exception>
    /// <exception cref="TlException">The bytes are not a function call.</exception>
    public static ITlFunction ReadFunction(ref TlReader reader)
    {
        var id = reader.ReadUInt32();
        if (id == Mtproto.GzipPacked.Id)
        {
            return ReadPackedFunction(ref reader);
        }

        return ReadFunctionCore(id, ref reader) ?? throw new UnknownConstructorException(id, "Function");
    }

    /// <summary>Reads a boxed value of any constructor, of the API or of MTProto. Vectors and primitives are none.</summary>
    /// <param name="reader">Stands before the value; stands after it on return.</param>
    /// <exception cref="UnknownConstructorException">No constructor has this number.</exception>
    /// <exception cref="TlException">The bytes are no such value.</exception>
    public static ITlObject ReadObject(ref TlReader reader)
    {
        var id = reader.ReadUInt32();
        return ReadObjectCore(id, ref reader) ?? throw new UnknownConstructorException(id, "Object");
    }

    /// <summary>The TL name of a constructor or a function, such as <c>messages.getHistory</c>; null if there is none.</summary>
    /// <param name="id">The number.</param>
    public static string? GetName(uint id) => id switch
    {
        TlIds.Vector => "vector",
        TlIds.BoolTrue => "boolTrue",
        TlIds.BoolFalse => "boolFalse",
        TlIds.True => "true",
        TlIds.Null => "null",
        _ => GetNameCore(id),
    };

    private static ITlFunction ReadPackedFunction(ref TlReader reader)
    {
        if (reader.IsUnpacked)
        {
            throw new TlException("Packed data is packed twice.");
        }

        var unpacked = new TlReader(TlGzip.Inflate(reader.ReadBytesView()));
        unpacked.ContinueUnpacked(ref reader);
        var function = ReadFunction(ref unpacked);
        unpacked.EnsureAtEnd();
        return function;
    }
}
