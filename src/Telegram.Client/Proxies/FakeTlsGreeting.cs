using System.Buffers;
using System.Net;
using Telegram.Mtproto.Proxies;

namespace Telegram.Client;

/// <summary>The greeting of an MTProxy that hides in TLS. Reads no byte more than the proxy's answer has.</summary>
internal sealed class FakeTlsGreeting(MtProxy proxy, TelegramClientOptions options) : IProxyGreeting
{
    public async ValueTask<Stream> GreetAsync(Stream stream, IPEndPoint target, CancellationToken cancellationToken)
    {
        var handshake = new FakeTlsClientHandshake(proxy.Secret, options.Random);
        var buffer = ArrayPool<byte>.Shared.Rent(FakeTlsClientHandshake.MaxAnswerLength);
        try
        {
            handshake.Start(buffer, options.TimeProvider.GetUtcNow());
            await stream.WriteAsync(buffer.AsMemory(0, FakeTlsClientHandshake.HelloLength), cancellationToken);
            var length = await ReadAnswerAsync(stream, buffer, cancellationToken);
            handshake.Verify(buffer.AsSpan(0, length));
            return new FakeTlsStream(stream);
        }
        catch (FakeTlsException error)
        {
            throw new TelegramProxyException(proxy, ProxyFailure.InvalidAnswer, Reason(error.Fault), error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> ReadAnswerAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (FakeTlsClientHandshake.Measure(buffer.AsSpan(0, length)) is var wanted && wanted > length)
        {
            await stream.ReadExactlyAsync(buffer.AsMemory(length, wanted - length), cancellationToken);
            length = wanted;
        }

        return length;
    }

    private static string Reason(FakeTlsFault fault) => fault switch
    {
        FakeTlsFault.WrongDigest => "it does not know the secret",
        FakeTlsFault.Alert => "it ended the connection with an alert",
        _ => "it speaks another protocol",
    };
}
