using System.Buffers;

namespace Telegram.Tl;

/// <summary>Turns whole TL objects into bytes.</summary>
public static class TlSerializer
{
    /// <summary>Writes an object boxed.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="value">The object.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="InvalidOperationException">Fields that share one flag bit are only partly set.</exception>
    public static int Write(IBufferWriter<byte> output, ITlObject value)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(value);
        var writer = new TlWriter(output);
        value.Write(ref writer);
        writer.Flush();
        return writer.Written;
    }

    /// <summary>The bytes of an object, boxed.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="InvalidOperationException">Fields that share one flag bit are only partly set.</exception>
    public static byte[] ToBytes(ITlObject value)
    {
        using var buffer = new PooledBuffer();
        Write(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The bytes of a function's answer, as they stand in <c>rpc_result</c>.</summary>
    /// <typeparam name="TResult">The C# type of the answer.</typeparam>
    /// <param name="function">The function that was called.</param>
    /// <param name="result">The answer.</param>
    public static byte[] ResultToBytes<TResult>(ITlFunction<TResult> function, TResult result)
    {
        ArgumentNullException.ThrowIfNull(function);
        using var buffer = new PooledBuffer();
        var writer = new TlWriter(buffer);
        function.WriteResult(ref writer, result);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
