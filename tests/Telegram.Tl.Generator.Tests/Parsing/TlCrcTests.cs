using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Tests.Parsing;

/// <summary>The numbers are those that core.telegram.org publishes.</summary>
[TestFixture]
public sealed class TlCrcTests
{
    [TestCase("boolTrue = Bool;", 0x997275b5u)]
    [TestCase("req_pq nonce:int128 = ResPQ;", 0x60469778u)]
    [TestCase("gzip_packed packed_data:bytes = Object;", 0x3072cfa1u)]
    [TestCase("invokeWithLayer {X:Type} layer:int query:!X = X;", 0xda9b0d0du)]
    [TestCase("users.getUsers id:Vector<InputUser> = Vector<User>;", 0x0d91a548u)]
    [TestCase("msg_container messages:vector<%Message> = MessageContainer;", 0x73f1f8dcu)]
    [TestCase("inputChannelFromMessage peer:InputPeer msg_id:int channel_id:long = InputChannel;", 0x5b934f9du)]
    public void Of_WhenDeclarationIsPublished_EqualsItsNumber(string declaration, uint expected) =>
        Assert.That(TlCrc.Of(TlParser.Parse(declaration).Declarations[0]), Is.EqualTo(expected));

    [Test]
    public void Normalise_WhenFieldsAreTrueOrBytes_DropsTheFormerAndRenamesTheLatter() =>
        Assert.That(
            TlCrc.Normalise("a flags:# big:flags.0?true thumb:flags.1?bytes data:bytes = A"),
            Is.EqualTo("a flags:# thumb:flags.1?string data:string = A"));
}
