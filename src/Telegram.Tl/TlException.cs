namespace Telegram.Tl;

/// <summary>Bytes from outside are not valid TL: cut short, too long, too deep, or of an unknown constructor.</summary>
/// <remarks>The message never holds the data itself.</remarks>
public class TlException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, without the data.</param>
    public TlException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    /// <param name="message">What is wrong, without the data.</param>
    /// <param name="innerException">The cause.</param>
    public TlException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
