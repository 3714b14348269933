namespace Telegram.Tl.Tests.IO;

[TestFixture]
public sealed class VectorBoundsTests
{
    [TestCase(int.MaxValue)]
    [TestCase(-1)]
    [TestCase(3)]
    public void ReadVector_WhenCountCannotBeTrue_ThrowsBeforeItAllocates(int count)
    {
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            writer.WriteVectorHeader(count);
            writer.WriteInt64(0);
        });

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Multiple(() =>
        {
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadInt32Vector()), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadInt64Vector()), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadStringVector()), Throws.TypeOf<TlException>());
            Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => reader.ReadBytesVector()), Throws.TypeOf<TlException>());
        });
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
    }

    [Test]
    public void ReadVector_WhenNumberIsNoVectors_Throws() =>
        Assert.That(() => Wire.Read(new byte[8], (ref TlReader reader) => reader.ReadInt32Vector()), Throws.TypeOf<UnknownConstructorException>());

    [Test]
    public void BeginVector_WhenAnOuterVectorNeedsTheBytes_DoesNotCountThemTwice()
    {
        // Ten outer elements of 8 bytes are announced in 80; an inner vector may have what the other nine leave.
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            writer.WriteVectorHeader(10);
            writer.WriteVectorHeader(1);
            writer.WriteRaw(new byte[72]);
        });

        Assert.That(() => ReadNested(bytes, innerSize: 4), Throws.TypeOf<TlException>());
        Assert.That(() => ReadNested([.. bytes, 0, 0, 0, 0], innerSize: 4), Throws.Nothing);
    }

    private static void ReadNested(byte[] bytes, int innerSize)
    {
        var reader = new TlReader(bytes);
        reader.BeginVector(8);
        reader.BeginElement(8);
        reader.BeginVector(innerSize);
    }
}
