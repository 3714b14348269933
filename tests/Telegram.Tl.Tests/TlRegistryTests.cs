using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;
using Telegram.Tl.Types;

namespace Telegram.Tl.Tests;

[TestFixture]
public sealed class TlRegistryTests
{
    [Test]
    public void Layer_Always_IsThePinnedOne() => Assert.That(TlRegistry.Layer, Is.EqualTo(223));

    [TestCase(MessagesGetHistory.Id, "messages.getHistory")]
    [TestCase(User.TlId, "user")]
    [TestCase(RpcResult.Id, "rpc_result")]
    [TestCase(TlIds.Vector, "vector")]
    [TestCase(TlIds.BoolTrue, "boolTrue")]
    [TestCase(0xdeadbeefu, null)]
    public void GetName_WhenAsked_AnswersTheTlName(uint id, string? expected) => Assert.That(TlRegistry.GetName(id), Is.EqualTo(expected));

    [Test]
    public void ReadFunction_WhenWrapped_ReadsTheQueryToo()
    {
        var call = new InvokeWithLayer
        {
            Layer = TlRegistry.Layer,
            Query = new InitConnection
            {
                ApiId = 1,
                DeviceModel = "d",
                SystemVersion = "s",
                AppVersion = "a",
                SystemLangCode = "en",
                LangPack = "",
                LangCode = "en",
                Query = new HelpGetConfig(),
            },
        };

        var read = (InvokeWithLayer)Read(TlSerializer.ToBytes(call));

        Assert.That(((InitConnection)read.Query).Query, Is.TypeOf<HelpGetConfig>());
    }

    [Test]
    public void ReadFunction_WhenQueryIsPacked_UnpacksIt()
    {
        var packed = Packed(TlSerializer.ToBytes(new HelpGetConfig()));

        Assert.That(Read(packed), Is.TypeOf<HelpGetConfig>());
        Assert.That(((InvokeAfterMsg)Read(InvokeAfter(packed))).Query, Is.TypeOf<HelpGetConfig>());
    }

    [Test]
    public void ReadFunction_WhenPackedTwiceOrNotWhole_Throws()
    {
        var inner = TlSerializer.ToBytes(new HelpGetConfig());

        Assert.That(() => Read(Packed(Packed(inner))), Throws.TypeOf<TlException>());
        Assert.That(() => Read(Packed(InvokeAfter(Packed(inner)))), Throws.TypeOf<TlException>(), "64 levels of 16 MiB each are in one small message otherwise");
        Assert.That(() => Read(Packed([.. inner, 0, 0, 0, 0])), Throws.TypeOf<TlException>());
        Assert.That(() => Read(Packed([])), Throws.TypeOf<TlException>());
        Assert.That(() => Read(Packed(new byte[TlGzip.DefaultMaxInflatedSize + 4])), Throws.TypeOf<TlException>());
    }

    [Test]
    public void ReadFunction_WhenNumberIsAConstructors_Throws()
    {
        var unknown = Assert.Throws<UnknownConstructorException>(() => Read(TlSerializer.ToBytes(new InputPeerSelf())));

        Assert.That((unknown.ConstructorId, unknown.Path), Is.EqualTo((InputPeerSelf.Id, "")));
    }

    private static ITlFunction Read(byte[] bytes) => Wire.Read(bytes, (ref TlReader reader) => TlRegistry.ReadFunction(ref reader));

    private static byte[] Packed(byte[] bytes) => TlSerializer.ToBytes(new GzipPacked { PackedData = TlGzip.Deflate(bytes) });

    private static byte[] InvokeAfter(byte[] query) => Wire.Write((ref TlWriter writer) =>
    {
        writer.WriteUInt32(InvokeAfterMsg.Id);
        writer.WriteInt64(1);
        writer.WriteRaw(query);
    });
}
