using System.Buffers;
using System.Collections.Frozen;
using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Faults;

/// <summary>The next calls of a method are answered with an error instead of being carried out.</summary>
internal sealed record FailRpc : Fault
{
    private const int MaxMessage = 128;

    // Telegram's error codes; others leave clients at a loss.
    private static readonly FrozenSet<int> Codes = FrozenSet.Create(303, 400, 401, 403, 404, 406, 420, 500);
    private static readonly SearchValues<char> MessageCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    public required string Method { get; init; }

    public required int Code { get; init; }

    public required string Message { get; init; }

    public int Times { get; init; } = 1;

    public override void Apply(IFaultTarget target)
    {
        if (!Codes.Contains(Code))
        {
            throw Wrong("code", $"must be one of {string.Join(", ", Codes.Order())}.");
        }

        if (Message.Length is 0 or > MaxMessage || Message.AsSpan().ContainsAnyExcept(MessageCharacters))
        {
            throw Wrong("message", $"must be 1 to {MaxMessage} of A-Z, 0-9 and _.");
        }

        target.Board.Methods.Add(Method, new MethodFault(new RpcErrorException(Code, Message)), CheckTimes(Times, "times"));
    }
}
