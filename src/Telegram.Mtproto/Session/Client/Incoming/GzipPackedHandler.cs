using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>gzip_packed</c> as a message of its own: what is in it takes its place.</summary>
internal static class GzipPackedHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler) =>
        Packing.TryUnpack(message.Body, core.Options.MaxInflatedBytes, out var unpacked)
            ? ClientDispatcher.Dispatch(core, message.With(unpacked), handler)
            : RejectReason.Malformed;
}
