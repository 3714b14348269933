using Telegram.Tl.Generator.Model;
using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Tests.Model;

[TestFixture]
public sealed class ModelBuilderTests
{
    [Test]
    public void Build_WhenTypeHasSeveralConstructors_MakesAnInterface()
    {
        var model = Build("peerUser#1 id:long = Peer; peerChat#2 id:long = Peer; holder#3 peer:Peer = Holder;");

        Assert.Multiple(() =>
        {
            Assert.That(model.Unions.Select(union => union.Name), Is.EqualTo(new[] { "IPeer" }));
            Assert.That(model.Unions[0].Cases.Select(item => item.Name), Is.EqualTo(new[] { "PeerUser", "PeerChat" }));
            Assert.That(Class(model, "PeerChat").UnionName, Is.EqualTo("IPeer"));
            Assert.That(Class(model, "Holder").Fields[0].Type, Is.EqualTo(new TypeModel(TypeKind.Boxed, "global::T.IPeer")));
        });
    }

    [Test]
    public void Build_WhenTypeHasOneConstructor_UsesItsClass()
    {
        var model = Build("messages.affectedMessages#1 pts:int = messages.AffectedMessages; ---functions---\nf#2 = messages.AffectedMessages;");

        Assert.Multiple(() =>
        {
            Assert.That(model.Unions, Is.Empty);
            Assert.That(Class(model, "MessagesAffectedMessages").UnionName, Is.Null);
            Assert.That(Class(model, "F").Result, Is.EqualTo(new TypeModel(TypeKind.Boxed, "global::T.MessagesAffectedMessages")));
            Assert.That(Class(model, "F").Namespace, Is.EqualTo("F"));
        });
    }

    [Test]
    public void Build_WhenFieldsShareABit_MarksThem()
    {
        var model = Build("a#1 flags:# x:flags.0?true y:flags.0?int z:flags.1?int flags2:# w:flags2.0?int = A;");

        Assert.That(Class(model, "A").Fields.Where(item => item.SharesFlag).Select(item => item.Name), Is.EqualTo(new[] { "X", "Y" }));
    }

    [TestCase("x:int y:Vector<long>", "Id")]
    [TestCase("id:int", "TlId")]
    public void IdConstant_WhenAFieldIsCalledId_StepsAside(string fields, string expected) =>
        Assert.That(Class(Build($"a#1 {fields} = A;"), "A").IdConstant, Is.EqualTo(expected));

    [TestCase("a#1 v:Vector<b> = A; b#2 = B;", TestName = "Build_WhenBoxedVectorHasBareElements_Refuses")]
    [TestCase("a#1 v:vector<B> = A; b#2 = B;", TestName = "Build_WhenBareVectorHasBoxedElements_Refuses")]
    [TestCase("a#1 v:Vector<Vector<int>> = A;", TestName = "Build_WhenVectorHoldsVectors_Refuses")]
    [TestCase("a#1 v:Nothing = A;", TestName = "Build_WhenFieldTypeIsUnknown_Refuses")]
    [TestCase("a#1 v:%B = A; b#2 = B; c#3 = B;", TestName = "Build_WhenBareTypeHasSeveralConstructors_Refuses")]
    [TestCase("---functions---\na#1 = Nothing;", TestName = "Build_WhenResultIsUnknown_Refuses")]
    public void Build_WhenTypeCannotBeResolved_Reports(string text) => AssertProblem(text, TlProblemKind.UnknownType);

    [TestCase("a#1 x:flags.0?int = A;", TestName = "Build_WhenFlagWordIsMissing_Refuses")]
    [TestCase("a#1 x:flags.0?int flags:# = A;", TestName = "Build_WhenFlagWordComesLater_Refuses")]
    [TestCase("a#1 x:true = A;", TestName = "Build_WhenTrueHasNoCondition_Refuses")]
    [TestCase("a#1 x:Object y:int = A;", TestName = "Build_WhenObjectIsNotLast_Refuses")]
    public void Build_WhenShapeIsUnsupported_Reports(string text) => AssertProblem(text, TlProblemKind.Unsupported);

    [TestCase("a#1 = A; a#2 = A;", TestName = "Build_WhenNameIsUsedTwice_Refuses")]
    [TestCase("a#1 = A; b#1 = A;", TestName = "Build_WhenNumberIsUsedTwice_Refuses")]
    [TestCase("a_b#1 = A; aB#2 = A;", TestName = "Build_WhenNamesAreEqualInCSharp_Refuses")]
    [TestCase("a#1 x_y:int xY:int = A;", TestName = "Build_WhenFieldsAreEqualInCSharp_Refuses")]
    public void Build_WhenSomethingIsThereTwice_Reports(string text) => AssertProblem(text, TlProblemKind.Duplicate);

    [Test]
    public void Build_WhenTypeIsInAVector_KnowsTheFewestBytesOfAnElement()
    {
        var model = Build(
            "small#1 x:int = S; large#2 x:long y:int128 = S; only#3 flags:# s:S text:string o:flags.0?long = O; " +
            "salt#4 since:int salt:long = Salt; holder#5 v:Vector<S> w:Vector<O> b:vector<salt> = Holder;");

        Assert.Multiple(() =>
        {
            Assert.That(model.Unions[0].VectorSize, Is.EqualTo(8));
            Assert.That(Class(model, "Only").VectorSize, Is.EqualTo(4 + 4 + 8 + 4));
            Assert.That(Class(model, "Salt").BareVectorSize, Is.EqualTo(12));
            Assert.That(Class(model, "Small").VectorSize, Is.Zero);
        });
    }

    [Test]
    public void Build_WhenTypeHoldsItself_EndsWithALowerBound()
    {
        var model = Build("end#1 = Tree; node#2 left:Tree right:Tree = Tree; holder#3 v:Vector<Tree> = Holder;");

        Assert.That(model.Unions[0].VectorSize, Is.EqualTo(4));
    }

    private static SchemaModel Build(string text) => ModelBuilder.Build(TlParser.Parse(text), "T", "F");

    private static ClassModel Class(SchemaModel model, string name) => model.Classes.Single(item => item.Name == name);

    private static void AssertProblem(string text, TlProblemKind kind) =>
        Assert.That(Build(text).Problems.Select(problem => problem.Kind), Is.EqualTo(new[] { kind }));
}
