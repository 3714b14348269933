using System.Net;
using Telegram.Tl;

namespace Telegram.Sandbox.Rpc;

/// <summary>A request that was received and waits for its turn.</summary>
/// <param name="MessageId">Its msg_id.</param>
/// <param name="Function">What is asked for; null when that could not be read.</param>
/// <param name="Error">Why it could not be read.</param>
/// <param name="Size">The length of its body in bytes.</param>
/// <param name="ClientAddress">Where it came from.</param>
internal sealed record PendingRequest(long MessageId, ITlFunction? Function, RpcErrorException? Error, int Size, IPAddress ClientAddress);
