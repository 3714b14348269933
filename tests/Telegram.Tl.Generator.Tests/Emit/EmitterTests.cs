using System.Reflection;

namespace Telegram.Tl.Generator.Tests.Emit;

/// <summary>Generated code is compiled, loaded and run; what it writes is compared with bytes laid out by hand.</summary>
[TestFixture]
public sealed class EmitterTests
{
    private const string Schema =
        """
        peerUser#11 id:long = Peer;
        peerNone#12 = Peer;
        entity#13 flags:# bold:flags.0?true offset:flags.1?int name:flags.2?string flags2:# peer:flags2.3?Peer w:flags2.4?int h:flags2.4?int = Entity;
        list#14 peers:Vector<Peer> numbers:Vector<int> texts:Vector<string> entity:Entity = List;
        salt#15 since:int salt:long = Salt;
        salts#16 salts:vector<salt> last:%Salt = Salts;
        envelope#17 bytes:int body:Object = Envelope;
        class#18 class:string = Odd;
        ---functions---
        getList#21 flag:Bool id:int128 = List;
        getPeers#22 = Vector<Peer>;
        isOn#23 = Bool;
        wrap#24 {X:Type} layer:int query:!X = X;
        """;

    private Assembly _assembly = null!;

    [OneTimeSetUp]
    public void Compile() => _assembly = GeneratorHarness.Load(Schema);

    [Test]
    public void Write_WhenConditionalFieldsAreSet_ComputesEveryWordOfFlags()
    {
        var entity = Make("Entity", ("Bold", true), ("Name", "ab"), ("Peer", Make("PeerNone")), ("W", 1), ("H", 2));

        Assert.That(Words(entity), Is.EqualTo(new uint[] { 0x13, 0b101, 0x00626102, 0b11000, 0x12, 1, 2 }));
    }

    [Test]
    public void Write_WhenNoConditionalFieldIsSet_WritesEmptyWords() =>
        Assert.That(Words(Make("Entity")), Is.EqualTo(new uint[] { 0x13, 0, 0 }));

    [Test]
    public void Write_WhenFieldsThatShareABitDisagree_NamesTheMissingOne()
    {
        var entity = Make("Entity", ("W", 1));

        Assert.That(() => Words(entity), Throws.InvalidOperationException.With.Message.StartsWith("entity.h "));
    }

    [Test]
    public void Write_WhenVectorIsBare_LeavesOutItsNumber()
    {
        var salt = Make("Salt", ("Since", 5), ("SaltValue", 6L));
        var salts = Make("Salts", ("SaltsValue", Array(salt)), ("Last", salt));

        Assert.That(Words(salts), Is.EqualTo(new uint[] { 0x16, 1, 5, 6, 0, 5, 6, 0 }));
    }

    [Test]
    public void Write_WhenBodyIsAnObject_CountsItsBytes() =>
        Assert.That(Words(Make("Envelope", ("Body", new byte[] { 1, 0, 0, 0, 2, 0, 0, 0 }))), Is.EqualTo(new uint[] { 0x17, 8, 1, 2 }));

    [Test]
    public void ReadFields_WhenWritten_AnswersAnEqualObject()
    {
        var list = Make(
            "List",
            ("Peers", Array(Make("PeerUser", ("Id", 7L)), Make("PeerNone"), type: "IPeer")),
            ("Numbers", new[] { 1, 2 }),
            ("Texts", new[] { "", "x" }),
            ("Entity", Make("Entity", ("Offset", 3))));
        var bytes = TlSerializer.ToBytes(list);

        var read = Read("List", bytes);

        Assert.That(TlSerializer.ToBytes(read), Is.EqualTo(bytes));
    }

    [Test]
    public void Read_WhenInnerConstructorIsUnknown_TellsIdPathAndType()
    {
        uint[] words = [0x14, TlIds.Vector, 2, 0x12, 0xbad];

        var unknown = Assert.Throws<UnknownConstructorException>(() => Read("List", Bytes([.. words, 0, 0, 0, 0, 0, 0, 0, 0])));

        Assert.Multiple(() =>
        {
            Assert.That(unknown.ConstructorId, Is.EqualTo(0xbad));
            Assert.That(unknown.Path, Is.EqualTo("list.peers[1]"));
            Assert.That(unknown.Expected, Is.EqualTo("Peer"));
        });
    }

    [Test]
    public void Function_WhenResultIsKnown_ImplementsTheTypedInterface() =>
        Assert.Multiple(() =>
        {
            Assert.That(Type("Functions.GetPeers").GetInterfaces(), Has.Member(typeof(ITlFunction<>).MakeGenericType(Type("Types.IPeer").MakeArrayType())));
            Assert.That(Type("Functions.IsOn").GetInterfaces(), Has.Member(typeof(ITlFunction<bool>)));
            Assert.That(Type("Functions.GetList").GetInterfaces(), Has.Member(typeof(ITlFunction<>).MakeGenericType(Type("Types.List"))));
        });

    [Test]
    public void Function_WhenItWrapsAnother_TakesAnyFunction()
    {
        var wrap = Type("Functions.Wrap");

        Assert.That(wrap.GetProperty("Query")!.PropertyType, Is.EqualTo(typeof(ITlFunction)));
        Assert.That(wrap.GetInterfaces(), Is.EquivalentTo(new[] { typeof(ITlFunction), typeof(ITlObject) }));
    }

    [Test]
    public void Class_WhenItsNameIsAKeyword_StillCompiles() =>
        Assert.That(Type("Types.Class").GetProperty("ClassValue"), Is.Not.Null);

    private static uint[] Words(ITlObject value) =>
        [.. TlSerializer.ToBytes(value).Chunk(sizeof(uint)).Select(word => BitConverter.ToUInt32(word))];

    private static byte[] Bytes(uint[] words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private Type Type(string name) => _assembly.GetType("Sample." + name, throwOnError: true)!;

    private ITlObject Make(string name, params (string Property, object Value)[] values)
    {
        var value = Activator.CreateInstance(Type("Types." + name))!;
        foreach (var (property, content) in values)
        {
            value.GetType().GetProperty(property)!.SetValue(value, content);
        }

        return (ITlObject)value;
    }

    private Array Array(ITlObject first, ITlObject? second = null, string? type = null)
    {
        var array = System.Array.CreateInstance(type is null ? first.GetType() : Type("Types." + type), second is null ? 1 : 2);
        array.SetValue(first, 0);
        if (second is not null)
        {
            array.SetValue(second, 1);
        }

        return array;
    }

    private ITlObject Read(string name, byte[] bytes)
    {
        var reader = new TlReader(bytes);
        var value = Type("Types." + name).GetMethod("Read")!.CreateDelegate<Reader>()(ref reader);
        reader.EnsureAtEnd();
        return value;
    }

    private delegate ITlObject Reader(ref TlReader reader);
}
