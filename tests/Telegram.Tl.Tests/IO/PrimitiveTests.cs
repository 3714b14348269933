using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Telegram.Tl.Tests.IO;

[TestFixture]
public sealed class PrimitiveTests
{
    [Test]
    public void Write_WhenValuesAreGiven_LaysThemOutLittleEndian()
    {
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            writer.WriteInt32(-2);
            writer.WriteUInt32(0x12345678);
            writer.WriteInt64(0x0102030405060708);
            writer.WriteDouble(1.5);
            writer.WriteBool(true);
            writer.WriteBool(false);
            writer.WriteRaw([1, 2, 3, 4]);
        });

        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo("feffffff" + "78563412" + "0807060504030201" + "000000000000f83f" + "b5757299" + "379779bc" + "01020304"));
    }

    [Property]
    public bool Int32_WhenWritten_ReadsBack(int value) =>
        Wire.Read(Wire.Write((ref TlWriter writer) => writer.WriteInt32(value)), (ref TlReader reader) => reader.ReadInt32()) == value;

    [Property]
    public bool Int64_WhenWritten_ReadsBack(long value) =>
        Wire.Read(Wire.Write((ref TlWriter writer) => writer.WriteInt64(value)), (ref TlReader reader) => reader.ReadInt64()) == value;

    [Property]
    public bool Double_WhenWritten_ReadsBack(double value) =>
        Wire.Read(Wire.Write((ref TlWriter writer) => writer.WriteDouble(value)), (ref TlReader reader) => reader.ReadDouble()).Equals(value);

    [Property]
    public bool Bytes_WhenSplitAnywhere_ReadBack(byte[] value)
    {
        var bytes = Wire.Write((ref TlWriter writer) => writer.WriteBytes(value));
        return Wire.Read(Wire.SplitEveryByte(bytes), (ref TlReader reader) => reader.ReadBytes()).AsSpan().SequenceEqual(value);
    }

    [Property]
    public bool Vectors_WhenWritten_ReadBack(int[] ints, long[] longs, double[] doubles, bool[] bools, byte[][] blobs)
    {
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            writer.WriteInt32Vector(ints);
            writer.WriteInt64Vector(longs);
            writer.WriteDoubleVector(doubles);
            writer.WriteBoolVector(bools);
            writer.WriteBytesVector(blobs);
            writer.WriteStringVector([.. blobs.Select(Convert.ToHexString)]);
        });
        return Wire.Read(bytes, (ref TlReader reader) =>
            reader.ReadInt32Vector().SequenceEqual(ints)
            && reader.ReadInt64Vector().SequenceEqual(longs)
            && reader.ReadDoubleVector().SequenceEqual(doubles)
            && reader.ReadBoolVector().SequenceEqual(bools)
            && reader.ReadBytesVector().Zip(blobs).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))
            && reader.ReadStringVector().SequenceEqual(blobs.Select(Convert.ToHexString), StringComparer.Ordinal));
    }

    [Test]
    public void Read_WhenSplitAtEveryIndex_AnswersTheSame()
    {
        var number = new TlInt128([.. Enumerable.Range(1, 16).Select(i => (byte)i)]);
        var large = new TlInt256([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            writer.WriteInt32(7);
            writer.WriteInt64(8);
            writer.WriteInt128(number);
            writer.WriteString("some text");
            writer.WriteInt256(large);
            writer.WriteBool(true);
        });

        for (var index = 0; index <= bytes.Length; index++)
        {
            var values = Wire.Read(Wire.Split(bytes, index, index), (ref TlReader reader) =>
                (reader.PeekUInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt128(), reader.ReadString(), reader.ReadInt256(), reader.ReadBool()));
            Assert.That(values, Is.EqualTo((7u, 7, 8L, number, "some text", large, true)), $"split at {index}");
        }
    }

    [TestCase(3)]
    [TestCase(0)]
    public void Read_WhenBytesAreMissing_Throws(int count)
    {
        var bytes = new byte[count];
        Assert.Multiple(() =>
        {
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadInt32()), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.PeekUInt32()), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadInt64()), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadInt128()), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadInt256()), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadRaw(4).Length), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(Wire.SplitEveryByte(bytes), (ref TlReader reader) => reader.ReadInt32()), Throws.TypeOf<TlException>());
        });
    }

    [Test]
    public void ReadBool_WhenNumberIsOther_TellsIt()
    {
        var unknown = Assert.Throws<UnknownConstructorException>(() => Wire.Read([1, 0, 0, 0], (ref TlReader reader) => reader.ReadBool()));

        Assert.That((unknown.ConstructorId, unknown.Expected, unknown.Path), Is.EqualTo((1u, "Bool", "")));
    }

    [Test]
    public void Reader_WhenPartIsRead_KnowsWhereItStands()
    {
        var bytes = new byte[12];
        var (consumed, remaining, atEnd) = Wire.Read(Wire.Split(bytes, 5), (ref TlReader reader) =>
        {
            reader.Skip(6);
            var state = (reader.Consumed, reader.Remaining, reader.IsAtEnd);
            reader.Skip(6);
            return state;
        });

        Assert.That((consumed, remaining, atEnd), Is.EqualTo((6, 6, false)));
    }

    [Test]
    public void EnsureAtEnd_WhenBytesRemain_Throws() =>
        Assert.That(() => Wire.Read(new byte[5], (ref TlReader reader) => reader.ReadInt32()), Throws.TypeOf<TlException>());

    [Test]
    public void PeekUInt32_WhenCalled_StaysWhereItIs() =>
        Assert.That(Wire.Read(Wire.Split([1, 2, 3, 4], 2), (ref TlReader reader) => (reader.PeekUInt32(), reader.ReadUInt32())), Is.EqualTo((0x04030201u, 0x04030201u)));
}
