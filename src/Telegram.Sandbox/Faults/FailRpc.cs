using System.Buffers;
using System.Collections.Frozen;
using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Faults;

/// <summary>Calls of a method are answered with an error instead of being carried out.</summary>
internal sealed record FailRpc : CallFault
{
    private const int MaxMessage = 128;

    // Telegram's error codes; others leave clients at a loss.
    private static readonly FrozenSet<int> Codes = FrozenSet.Create(303, 400, 401, 403, 404, 406, 420, 500);
    private static readonly SearchValues<char> MessageCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    public required int Code { get; init; }

    public required string Message { get; init; }

    protected override MethodFault Strike()
    {
        if (!Codes.Contains(Code))
        {
            throw Wrong("code", $"must be one of {string.Join(", ", Codes.Order())}.");
        }

        if (Message.Length is 0 or > MaxMessage || Message.AsSpan().ContainsAnyExcept(MessageCharacters))
        {
            throw Wrong("message", $"must be 1 to {MaxMessage} of A-Z, 0-9 and _.");
        }

        return new MethodFault(new RpcErrorException(Code, Message));
    }
}
