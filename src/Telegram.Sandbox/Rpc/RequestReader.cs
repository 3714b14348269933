using Telegram.Tl;

namespace Telegram.Sandbox.Rpc;

/// <summary>Reads the function of a request, or the error that Telegram gives for one that can't be read.</summary>
internal sealed partial class RequestReader(ILogger<RequestReader> logger)
{
    public (ITlFunction? Function, RpcErrorException? Error) Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new TlReader(body);
            var function = TlRegistry.ReadFunction(ref reader);
            return reader.Remaining == 0 ? (function, null) : (null, RpcErrorException.BadRequest("INPUT_REQUEST_TOO_LONG"));
        }
        catch (UnknownConstructorException e)
        {
            LogUnknownConstructor(e.ConstructorId, e.Path);
            return (null, RpcErrorException.BadRequest(e.Expected == "Function" ? "METHOD_INVALID" : "INPUT_CONSTRUCTOR_INVALID"));
        }
        catch (TlException)
        {
            return (null, RpcErrorException.BadRequest("INPUT_FETCH_ERROR"));
        }
    }

    [LoggerMessage(LogLevel.Warning, "No such constructor in this layer: {Id:x8} at '{Path}'")]
    private partial void LogUnknownConstructor(uint id, string path);
}
