using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Proxies;

/// <summary>
/// Takes the content out of the records of one direction of a connection. It keeps nothing but the header it is in, so no record, however
/// long it says it is, costs memory.
/// </summary>
/// <param name="side">The end that reads: a client's first record may be ChangeCipherSpec, a server has sent its own before.</param>
public sealed class FakeTlsRecordReader(TransportSide side)
{
    private readonly byte[] _header = new byte[TlsRecords.ChangeCipherSpecRecord.Length];
    private bool _mayChangeCipher = side == TransportSide.Server;
    private int _headerLength;
    private int _remaining;

    /// <summary>Reads what has arrived, wherever it was cut, and moves the content to the front of it.</summary>
    /// <param name="data">The next bytes of the connection; overwritten.</param>
    /// <returns>How many bytes of content now stand at the beginning of <paramref name="data"/>.</returns>
    /// <exception cref="FakeTlsException">These are no such records; the connection can't be read any further.</exception>
    public int Unwrap(Span<byte> data)
    {
        var content = 0;
        for (var read = 0; read < data.Length;)
        {
            if (_remaining == 0)
            {
                TakeHeader(data[read++]);
                continue;
            }

            var count = Math.Min(_remaining, data.Length - read);
            data.Slice(read, count).CopyTo(data[content..]);
            content += count;
            read += count;
            _remaining -= count;
        }

        return content;
    }

    private void TakeHeader(byte next)
    {
        _header[_headerLength++] = next;
        if (_headerLength < TlsRecords.HeaderLength)
        {
            return;
        }

        if (_mayChangeCipher && _header[0] == TlsRecords.ChangeCipherSpec)
        {
            TakeChangeCipherSpec();
            return;
        }

        _remaining = TlsRecords.RequireLength(_header, TlsRecords.ApplicationData);
        _mayChangeCipher = false;
        _headerLength = 0;
    }

    private void TakeChangeCipherSpec()
    {
        var expected = TlsRecords.ChangeCipherSpecRecord;
        if (!_header.AsSpan(0, _headerLength).SequenceEqual(expected[.._headerLength]))
        {
            throw new FakeTlsException(FakeTlsFault.InvalidRecord);
        }

        if (_headerLength == expected.Length)
        {
            _mayChangeCipher = false;
            _headerLength = 0;
        }
    }
}
