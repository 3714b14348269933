using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>future_salts</c>: the salts to come.</summary>
internal static class FutureSaltsHandler
{
    private const int SaltSize = 16;

    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var requestMessageId)
            || !fields.TryReadInt32(out _)
            || !fields.TryReadInt32(out var count)
            || count < 0
            || count > fields.Rest.Length / SaltSize)
        {
            return RejectReason.Malformed;
        }

        if (core.Requests.Find(requestMessageId) is not { Kind: MessageKind.FutureSalts } request)
        {
            return RejectReason.None;
        }

        var salts = new ServerSalt[Math.Min(count, core.Options.FutureSaltCount)];
        for (var i = 0; i < salts.Length; i++)
        {
            fields.TryReadInt32(out var validSince);
            fields.TryReadInt32(out var validUntil);
            fields.TryReadInt64(out var salt);
            salts[i] = new ServerSalt(salt, DateTimeOffset.FromUnixTimeSeconds(validSince), DateTimeOffset.FromUnixTimeSeconds(validUntil));
        }

        core.Requests.Complete(request);
        core.Salts.Merge(salts);
        handler.OnSaltsChanged();
        return RejectReason.None;
    }
}
