using System.Buffers;
using System.IO.Pipelines;
using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;
using Telegram.Sandbox.Connections;

namespace Telegram.Sandbox.Proxies;

/// <summary>
/// One connection to the MTProxy up to the point where it is like one to a data centre. Whoever does not know a secret gets no answer at all,
/// and is left waiting until the connection's deadline closes it.
/// </summary>
internal sealed class ProxyEntrance(
    IDuplexPipe transport, ProxyGate gate, ConnectionServices services, ConnectionDeadlines deadlines, AbortSignal aborted) : IAsyncDisposable
{
    private FakeTlsInput? _records;
    private ProxySecret? _secret;
    private TransportObfuscation? _obfuscation;
    private int _dcId;

    private delegate Step Take(ref ReadOnlySequence<byte> buffer);

    private enum Step
    {
        NeedMoreData,
        Taken,
        Refused,
    }

    /// <summary>Lets the client in, or answers null when the connection ended before.</summary>
    /// <exception cref="BrokenTransportException">What came can't be read.</exception>
    public async Task<ProxiedClient?> EnterAsync()
    {
        if (!await ReadAsync(transport.Input, TakeFirst))
        {
            return null;
        }

        var input = transport.Input;
        if (_secret is not null)
        {
            await transport.Output.FlushAsync();
            _records = new FakeTlsInput(input);
            input = _records.Content;
            if (!await ReadAsync(input, TakeHeader))
            {
                return null;
            }
        }

        return new ProxiedClient(_dcId, input, new WireProtocol(_obfuscation!, _secret is not null, services.Random));
    }

    public ValueTask DisposeAsync() => _records?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<bool> ReadAsync(PipeReader input, Take take)
    {
        while (true)
        {
            var result = await input.ReadAsync();
            await aborted.WaitAsync(services.Faults.Stalls.Passage);
            deadlines.Heard();
            var buffer = result.Buffer;
            var step = result.IsCanceled ? Step.NeedMoreData : take(ref buffer);
            input.AdvanceTo(buffer.Start, step == Step.NeedMoreData ? buffer.End : buffer.Start);
            if (step == Step.Refused)
            {
                await SwallowAsync(input);
            }

            if (step != Step.NeedMoreData || result.IsCompleted || result.IsCanceled)
            {
                return step == Step.Taken;
            }
        }
    }

    private static async Task SwallowAsync(PipeReader input)
    {
        ReadResult result;
        do
        {
            result = await input.ReadAsync();
            input.AdvanceTo(result.Buffer.End);
        }
        while (!result.IsCompleted && !result.IsCanceled);
    }

    private Step TakeFirst(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> beginning = stackalloc byte[3];
        beginning = beginning[..(int)Math.Min(beginning.Length, buffer.Length)];
        buffer.Slice(0, beginning.Length).CopyTo(beginning);
        return FakeTlsServerHandshake.MayBegin(beginning) ? TakeGreeting(ref buffer) : TakeHeader(ref buffer);
    }

    private Step TakeGreeting(ref ReadOnlySequence<byte> buffer)
    {
        var status = gate.FakeTls.Receive(ref buffer, gate.Now, services.Random, transport.Output, out var secret);
        if (status == FakeTlsHelloStatus.NeedMoreData)
        {
            return Step.NeedMoreData;
        }

        if (status != FakeTlsHelloStatus.Accepted)
        {
            services.Counters.CountRejected(Counters.Reason("proxy", status));
            return Step.Refused;
        }

        _secret = secret;
        return Step.Taken;
    }

    private Step TakeHeader(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < TransportObfuscation.HeaderLength)
        {
            return Step.NeedMoreData;
        }

        Span<byte> header = stackalloc byte[TransportObfuscation.HeaderLength];
        buffer.Slice(0, header.Length).CopyTo(header);
        buffer = buffer.Slice(header.Length);
        if (Open(header) is { } refusal)
        {
            services.Counters.CountRejected(Counters.Reason("proxy", refusal));
            return Step.Refused;
        }

        return Step.Taken;
    }

    private ProxyRefusal? Open(ReadOnlySpan<byte> header)
    {
        var refusal = ProxyRefusal.UnknownSecret;
        IEnumerable<ProxySecret> candidates = _secret is null ? gate.Secrets.Where(one => one.Kind != ProxySecretKind.FakeTls) : [_secret];
        foreach (var secret in candidates)
        {
            if (!TransportObfuscation.TryAccept(header, out var obfuscation, secret.Key))
            {
                continue;
            }

            // Clients name a data centre's media servers by its negative number, and test servers by 10000 more.
            _dcId = Math.Abs((int)obfuscation.DataCenter) % 10_000;
            refusal = obfuscation.Kind != secret.TransportFor(obfuscation.Kind) ? ProxyRefusal.WrongTransport : ProxyRefusal.UnknownDataCenter;
            if (refusal == ProxyRefusal.UnknownDataCenter && DataCenterHost.Ids.Contains(_dcId))
            {
                _obfuscation = obfuscation;
                return null;
            }

            obfuscation.Dispose();
        }

        return refusal;
    }
}
