using System.Text.Json;
using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.SchemaTool.Tests;

[TestFixture]
public sealed class SchemaPackageTests
{
    private const string Api =
        """
        {"l":9,"e":[
          {"kind":"class","name":"b","type":"B","id":1,"arguments":[]},
          {"kind":"class","name":"mtcute.dummyUpdate","type":"Update","id":2,"arguments":[]}]}
        """;

    private const string Mtproto =
        """
        [{"kind":"class","name":"mt_ping","type":"Pong","id":3,"arguments":[]},
         {"kind":"class","name":"mt_pong","type":"Pong","id":4,"arguments":[]}]
        """;

    [Test]
    public void Read_WhenPackageHasItsOwnCombinators_LeavesThemOut() =>
        Assert.That(Read().Api.Select(declaration => declaration.Name), Is.EqualTo(new[] { "b" }));

    [Test]
    public void Read_WhenSupplementKnowsBetter_ItWins()
    {
        var package = Read();

        Assert.Multiple(() =>
        {
            Assert.That(package.Layer, Is.EqualTo(9));
            Assert.That(package.Mtproto.Select(declaration => (declaration.Name, declaration.IsFunction)), Is.EqualTo(new[] { ("pong", false), ("ping", true) }));
        });
    }

    [Test]
    public void ReadSupplement_WhenNumbersAreChecked_AllAreTheirCrc() =>
        Assert.That(SchemaCheck.FindUnexplainedNumbers(SchemaPackage.ReadSupplement()), Is.Empty);

    [Test]
    public void ReadSupplement_Always_HasWhatThePackageLacks() =>
        Assert.That(
            SchemaPackage.ReadSupplement().Select(declaration => declaration.Name),
            Is.SupersetOf(new[] { "rpc_result", "msg_container", "message", "msg_copy", "gzip_packed", "req_pq", "server_DH_params_fail" }));

    private static SchemaPackage Read()
    {
        using var api = JsonDocument.Parse(Api);
        using var mtproto = JsonDocument.Parse(Mtproto);
        return SchemaPackage.Read(api.RootElement, mtproto.RootElement, [.. TlParser.Parse("---functions---\nping#7 = Pong;").Declarations]);
    }
}
