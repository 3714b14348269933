using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator.Tests.Parsing;

[TestFixture]
public sealed class TlParserTests
{
    [TestCase("user#31774388 flags:# self:flags.10?true id:long first_name:flags.1?string photo:flags.5?UserProfilePhoto = User;")]
    [TestCase("invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;")]
    [TestCase("future_salts#ae500895 req_msg_id:long now:int salts:vector<future_salt> = FutureSalts;")]
    [TestCase("msg_container#73f1f8dc messages:vector<%Message> = MessageContainer;")]
    [TestCase("users.getUsers#0d91a548 id:Vector<InputUser> = Vector<User>;")]
    [TestCase("inputPeerSelf#7da07ec9 = InputPeer;")]
    public void Parse_WhenDeclarationIsWellFormed_KeepsAllOfIt(string text)
    {
        var schema = TlParser.Parse(text);

        Assert.That(schema.Problems, Is.Empty);
        Assert.That(schema.Declarations.Single().ToString(), Is.EqualTo(text));
    }

    [Test]
    public void Parse_WhenFieldIsConditional_SplitsWordBitAndType()
    {
        var schema = TlParser.Parse("a#1 flags2:# entities:flags2.31?Vector<MessageEntity> = A;");

        var field = schema.Declarations[0].Fields[1];
        Assert.Multiple(() =>
        {
            Assert.That(field.FlagWord, Is.EqualTo("flags2"));
            Assert.That(field.FlagBit, Is.EqualTo(31));
            Assert.That(field.Type.ToString(), Is.EqualTo("Vector<MessageEntity>"));
            Assert.That(field.Type.IsVector);
        });
    }

    [Test]
    public void Parse_WhenSectionsAndCommentsStandBetween_TellsFunctionsFromTypes()
    {
        var schema = TlParser.Parse("// LAYER 223\n---types---\na#1 = A;\n// b#2 = B;\n---functions---\r\nc#3 = A;\n---types---\nd#4\n  x:int\n  = D;");

        Assert.Multiple(() =>
        {
            Assert.That(schema.Layer, Is.EqualTo(223));
            Assert.That(schema.Declarations.Select(item => (item.Name, item.IsFunction)), Is.EqualTo(new[] { ("a", false), ("c", true), ("d", false) }));
            Assert.That(schema.Declarations[2].Line, Is.EqualTo(7));
        });
    }

    [Test]
    public void Parse_WhenNumberIsAbsent_ComputesIt()
    {
        var schema = TlParser.Parse("resPQ nonce:int128 server_nonce:int128 pq:bytes server_public_key_fingerprints:Vector<long> = ResPQ;");

        Assert.That(schema.Declarations[0].Id, Is.EqualTo(0x05162463));
    }

    [TestCase("a#1 = A", 0, 7, TestName = "Parse_WhenSemicolonIsMissing_PointsBehindTheType")]
    [TestCase("a#1 x = A;", 0, 5, TestName = "Parse_WhenTypeIsMissing_PointsBehindTheName")]
    [TestCase("\n a#zz = A;", 1, 5, TestName = "Parse_WhenNumberIsNoNumber_PointsBehindIt")]
    [TestCase("a#1 x:flags.32?int = A;", 0, 15, TestName = "Parse_WhenBitIsTooHigh_PointsBehindTheCondition")]
    [TestCase("a#1 x:Vector<int = A;", 0, 16, TestName = "Parse_WhenBracketIsOpen_PointsThere")]
    [TestCase("a#1 {X:Y} = A;", 0, 8, TestName = "Parse_WhenVariableIsNoType_PointsBehindIt")]
    [TestCase("= A;", 0, 0, TestName = "Parse_WhenNameIsMissing_PointsAtTheStart")]
    [TestCase("---stuff---", 0, 0, TestName = "Parse_WhenSectionIsUnknown_PointsAtItsLine")]
    public void Parse_WhenTextIsWrong_SaysWhere(string text, int line, int column)
    {
        var schema = TlParser.Parse(text);

        Assert.That(schema.Problems.Select(problem => (problem.Kind, problem.Line, problem.Column)), Is.EqualTo(new[] { (TlProblemKind.Syntax, line, column) }));
    }

    [Test]
    public void Parse_WhenOneDeclarationIsWrong_GoesOnWithTheNext()
    {
        var schema = TlParser.Parse("a#1 x = A;\nb#2 = B;");

        Assert.That(schema.Declarations.Select(item => item.Name), Is.EqualTo(new[] { "b" }));
        Assert.That(schema.Problems, Has.Count.EqualTo(1));
    }

    [Test]
    public void Parse_WhenCutAtAnyIndex_NeitherThrowsNorHangs()
    {
        const string Text = "// LAYER 1\n---types---\na#1 {X:Type} flags:# x:flags.1?Vector<%B> y:!X = A;\n---functions---\nf#2 = Vector<long>;";

        for (var length = 0; length < Text.Length; length++)
        {
            var cut = Text[..length];
            Assert.That(() => TlParser.Parse(cut), Throws.Nothing, cut);
        }
    }

    [Test]
    public void Parse_WhenTextIsEqual_AnswersAnEqualSchema()
    {
        const string Text = "a#1 x:int = A;";
        var first = TlParser.Parse(Text);
        var second = TlParser.Parse(Text);

        Assert.That(second, Is.EqualTo(first));
    }
}
