using System.Net;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Tests.Support;

/// <summary>Callers for handlers that are tested without a connection.</summary>
internal static class Contexts
{
    public static readonly ClientInfo Client = new(223, 1, "device", "system", "1.0", "en", "", "en");

    public static RpcContext Of(IAuthorizations authorizations, TimeProvider time, long authKeyId, int dcId = 2) => new()
    {
        AuthKeyId = authKeyId,
        SessionId = 1,
        MessageId = 4,
        DcId = dcId,
        Client = Client,
        ClientAddress = IPAddress.Loopback,
        Time = time,
        Authorizations = authorizations,
        CancellationToken = CancellationToken.None,
    };
}
