using System.Buffers;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Tl.Tests;

[TestFixture]
public sealed class TlSerializerTests
{
    [Test]
    public void Write_WhenObjectIsGiven_AnswersHowManyBytes()
    {
        var output = new ArrayBufferWriter<byte>();

        var written = TlSerializer.Write(output, new PeerUser { UserId = 1 });

        Assert.That(written, Is.EqualTo(12));
        Assert.That(output.WrittenSpan.ToArray(), Is.EqualTo(TlSerializer.ToBytes(new PeerUser { UserId = 1 })));
    }

    [Test]
    public void ToBytes_WhenObjectIsLargerThanAnyBuffer_WritesAllOfIt()
    {
        var part = new UploadSaveFilePart { FileId = 1, FilePart = 2, Bytes = [.. Enumerable.Range(0, 524_288).Select(i => (byte)i)] };

        var read = (UploadSaveFilePart)Wire.Read(TlSerializer.ToBytes(part), (ref TlReader reader) => TlRegistry.ReadFunction(ref reader));

        Assert.That(read.Bytes.AsSpan().SequenceEqual(part.Bytes));
    }

    [Test]
    public void Write_WhenOutputGivesTinySpans_WritesTheSame()
    {
        var value = new InputMediaContact { PhoneNumber = "1", FirstName = "first name", LastName = "last name", Vcard = new string('v', 300) };
        var output = new TinyBuffer();

        TlSerializer.Write(output, value);

        Assert.That(output.Bytes, Is.EqualTo(TlSerializer.ToBytes(value)));
    }

    [Test]
    public void ToBytes_WhenFieldsThatShareABitDisagree_NamesTheMissingOne()
    {
        var password = new AccountPassword { NewAlgo = new PasswordKdfAlgoUnknown(), NewSecureAlgo = new SecurePasswordKdfAlgoUnknown(), SecureRandom = [], HasPassword = true };

        Assert.That(() => TlSerializer.ToBytes(password), Throws.InvalidOperationException.With.Message.Contains("account.password.current_algo"));
    }

    [Test]
    public void ResultToBytes_WhenResultIsABool_WritesItBoxed() =>
        Assert.That(TlSerializer.ResultToBytes(new AccountUpdateStatus { Offline = true }, true), Is.EqualTo(BitConverter.GetBytes(TlIds.BoolTrue)));

    /// <summary>Gives no more than was asked for.</summary>
    private sealed class TinyBuffer : IBufferWriter<byte>
    {
        private readonly byte[] _buffer = new byte[1024];

        public List<byte> Bytes { get; } = [];

        public void Advance(int count) => Bytes.AddRange(_buffer.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer.AsMemory(0, Math.Max(1, sizeHint));

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
