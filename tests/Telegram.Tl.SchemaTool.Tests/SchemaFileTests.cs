using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.SchemaTool.Tests;

[TestFixture]
public sealed class SchemaFileTests
{
    [Test]
    public void Render_WhenOrderOfInputDiffers_WritesTheSame()
    {
        var declarations = TlParser.Parse("z#1 = A;\na#2 = A;\nm.b#3 = m.B;\nc#4 = C;\n---functions---\ny.f#5 = A;\ng#6 = A;").Declarations;

        var text = SchemaFile.Render(5, declarations.Reverse());

        Assert.That(text, Is.EqualTo(SchemaFile.Render(5, declarations)));
        Assert.That(text.Split('\n').Skip(1), Is.EqualTo(new[]
        {
            "// LAYER 5", "", "---types---", "a#00000002 = A;", "z#00000001 = A;", "c#00000004 = C;", "", "// m", "m.b#00000003 = m.B;",
            "", "---functions---", "g#00000006 = A;", "", "// y", "y.f#00000005 = A;", "",
        }));
    }

    [TestCase("api.tl", 223)]
    [TestCase("mtproto.tl", 0)]
    public void Render_WhenShippedSchemaIsParsed_WritesItAgain(string name, int layer)
    {
        var text = ReadShipped(name);
        var schema = TlParser.Parse(text);

        Assert.That(schema.Problems, Is.Empty);
        Assert.That(schema.Layer, Is.EqualTo(layer));
        Assert.That(SchemaFile.Render(layer, schema.Declarations), Is.EqualTo(text));
    }

    [Test]
    public void FindUnexplainedNumbers_WhenSchemaIsTheShippedOne_FindsOnlyTheTwoRenamed()
    {
        var declarations = TlParser.Parse(ReadShipped("api.tl")).Declarations.Concat(TlParser.Parse(ReadShipped("mtproto.tl")).Declarations).ToList();

        Assert.That(declarations, Has.Count.GreaterThan(2300));
        Assert.That(
            SchemaCheck.FindUnexplainedNumbers(declarations).Select(declaration => declaration.Name),
            Is.EquivalentTo(new[] { "inputPeerPhotoFileLocationLegacy", "inputStickerSetThumbLegacy" }));
    }

    [Test]
    public void FindUnexplainedNumbers_WhenAFieldIsWrong_FindsIt()
    {
        var declarations = TlParser.Parse("req_pq#60469778 nonce:int256 = ResPQ;").Declarations;

        Assert.That(SchemaCheck.FindUnexplainedNumbers(declarations), Has.Exactly(1).Items);
    }

    private static string ReadShipped(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schema", name));
}
