using System.Buffers;
using System.IO.Pipelines;
using Telegram.Mtproto.Transports;
using Telegram.Tl;

namespace Telegram.Sandbox.Connections;

/// <summary>Reads the frames of one connection, having found out first which transport its client speaks.</summary>
internal sealed class FrameReader(
    PipeReader input, ConnectionDeadlines deadlines, ConnectionServices services, AbortSignal aborted)
{
    private PipeReader _input = input;

    // How much of what is in the pipe has been decrypted already, and is counted in the budget.
    private long _known;

    /// <summary>What the client speaks; null until its first bytes have said so.</summary>
    public WireProtocol? Protocol { get; private set; }

    /// <summary>Whether the last frame asks for a quick acknowledgement.</summary>
    public bool QuickAckRequested { get; private set; }

    /// <summary>Goes on with what a proxy has let through, before anything was read here.</summary>
    public void Enter(PipeReader input, WireProtocol protocol)
    {
        _input = input;
        Protocol = protocol;
    }

    /// <summary>Copies the next frame's payload; <see langword="false"/> at the end of the connection.</summary>
    /// <exception cref="TransportException">What came is no frame.</exception>
    /// <exception cref="BrokenTransportException">What came is no transport, or more than there is room for.</exception>
    public async ValueTask<bool> ReadAsync(PooledBuffer payload)
    {
        while (true)
        {
            var result = await _input.ReadAsync();
            await aborted.WaitAsync(services.Faults.Stalls.Passage);
            if (result.IsCanceled)
            {
                return false;
            }

            var rest = result.Buffer;
            Take(rest);
            var isWhole = TryRead(ref rest, payload);
            _known = Protocol is null ? _known : rest.Length;
            if (isWhole)
            {
                deadlines.FrameIsWhole();
                _input.AdvanceTo(rest.Start);
                return true;
            }

            _input.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
            {
                return false;
            }
        }
    }

    /// <summary>Lets the reading end.</summary>
    public void Stop() => _input.CancelPendingRead();

    /// <summary>Gives back what the connection held; nothing is read afterwards.</summary>
    public void Release()
    {
        services.UnfinishedFrames.TryChange(_known, 0);
        Protocol?.Dispose();
    }

    /// <summary>Counts and decrypts what is new.</summary>
    private void Take(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length == _known)
        {
            return;
        }

        deadlines.Heard();
        if (!services.UnfinishedFrames.TryChange(_known, buffer.Length))
        {
            throw new BrokenTransportException("too_many_unfinished_frames");
        }

        Protocol?.Decrypt(buffer.Slice(_known));
        _known = buffer.Length;
    }

    private bool TryRead(ref ReadOnlySequence<byte> buffer, PooledBuffer payload)
    {
        if (Protocol is null && !TryDetect(ref buffer))
        {
            return false;
        }

        if (!Protocol!.Codec.TryRead(ref buffer, out var frame))
        {
            if (buffer.Length > 0)
            {
                deadlines.FrameIsPartial();
            }

            return false;
        }

        QuickAckRequested = frame.QuickAckRequested;
        foreach (var part in frame.Payload)
        {
            payload.Write(part.Span);
        }

        return true;
    }

    private bool TryDetect(ref ReadOnlySequence<byte> buffer)
    {
        var detected = TransportDetector.Detect(in buffer);
        if (detected.Status == TransportDetectionStatus.Rejected)
        {
            throw new BrokenTransportException(Counters.Reason("transport", detected.Rejection));
        }

        if (detected.Status == TransportDetectionStatus.NeedMoreData)
        {
            return false;
        }

        Protocol = new WireProtocol(detected, services.Random);
        buffer = buffer.Slice(detected.Consumed);
        Protocol.Decrypt(in buffer);
        return true;
    }
}
