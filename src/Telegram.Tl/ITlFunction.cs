namespace Telegram.Tl;

/// <summary>A call of a TL function: what a client sends to be answered with <c>rpc_result</c>.</summary>
public interface ITlFunction : ITlObject;

/// <summary>A TL function whose result type is known.</summary>
/// <typeparam name="TResult">The C# type of the answer; a boxed TL type, an array of one, or a primitive.</typeparam>
public interface ITlFunction<TResult> : ITlFunction
{
    /// <summary>Reads this function's answer (the body of <c>rpc_result</c> when it is no <c>rpc_error</c>).</summary>
    /// <param name="reader">Stands before the answer; stands after it on return.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="TlException">The bytes are not a value of the result type.</exception>
    TResult ReadResult(ref TlReader reader);

    /// <summary>Writes an answer to this function, as a server does.</summary>
    /// <param name="writer">Takes the bytes.</param>
    /// <param name="result">The answer.</param>
    void WriteResult(ref TlWriter writer, TResult result);
}
