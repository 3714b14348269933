using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>gzip_packed</c>: what is in it takes its place.</summary>
internal static class GzipPackedHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message, IServerSessionHandler handler) =>
        Packing.TryUnpack(message.Body, core.Options.MaxInflatedBytes, out var unpacked)
            ? ServerDispatcher.Dispatch(core, message.With(unpacked), handler)
            : RejectReason.Malformed;
}
