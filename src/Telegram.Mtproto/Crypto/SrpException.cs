namespace Telegram.Mtproto.Crypto;

/// <summary>The server's parameters for the password check failed a test that protects the password. Nothing may be sent on their account.</summary>
public sealed class SrpException : Exception
{
    internal SrpException(string message)
        : base(message)
    {
    }
}
