using System.Text.Json;

namespace Telegram.Tl.SchemaTool.Tests;

[TestFixture]
public sealed class JsonEntryTests
{
    [TestCase("""{"kind":"class","name":"peerUser","type":"Peer","id":1498486562,"arguments":[{"name":"user_id","type":"int53"}]}""",
        "peerUser#59511722 user_id:long = Peer;", TestName = "ToDeclaration_WhenNumberIsInt53_IsALong")]
    [TestCase("""{"kind":"class","name":"mt_pong","type":"Pong","id":1,"arguments":[{"name":"msg_id","type":"long"}]}""",
        "pong#00000001 msg_id:long = Pong;", TestName = "ToDeclaration_WhenNameHasThePackagesPrefix_DropsIt")]
    [TestCase("""{"kind":"class","name":"a","type":"A","id":2,"arguments":[{"name":"flags","type":"#"},{"name":"x","type":"true","typeModifiers":{"predicate":"flags.3"}},{"name":"y","type":"int53","typeModifiers":{"predicate":"flags2.31","isVector":true}}]}""",
        "a#00000002 flags:# x:flags.3?true y:flags2.31?Vector<long> = A;", TestName = "ToDeclaration_WhenFieldIsConditional_SaysOnWhat")]
    [TestCase("""{"kind":"class","name":"mt_s","type":"S","id":3,"arguments":[{"name":"salts","type":"mt_future_salt","typeModifiers":{"isBareVector":true,"isBareType":true,"constructorId":155834844}}]}""",
        "s#00000003 salts:vector<future_salt> = S;", TestName = "ToDeclaration_WhenVectorIsBare_IsLowerCase")]
    [TestCase("""{"kind":"method","name":"invokeWithLayer","type":"X","id":4,"generics":[{"name":"X","type":"Type"}],"arguments":[{"name":"query","type":"!X"}]}""",
        "invokeWithLayer#00000004 {X:Type} query:!X = X;", TestName = "ToDeclaration_WhenFunctionIsGeneric_KeepsItsVariable")]
    [TestCase("""{"kind":"method","name":"users.getUsers","type":"User","typeModifiers":{"isVector":true},"id":5,"arguments":[]}""",
        "users.getUsers#00000005 = Vector<User>;", TestName = "ToDeclaration_WhenResultIsAVector_SaysSo")]
    public void ToDeclaration_WhenEntryIsKnown_UndoesThePackagesChanges(string json, string expected)
    {
        using var entry = JsonDocument.Parse(json);

        Assert.That(JsonEntry.ToDeclaration(entry.RootElement).ToString(), Is.EqualTo(expected));
    }

    [TestCase("""{"kind":"union","name":"a","type":"A","id":1,"arguments":[]}""")]
    [TestCase("""{"kind":"class","name":"a","type":"A","id":1,"arguments":[{"name":"x","type":"int","typeModifiers":{"predicate":"flags"}}]}""")]
    [TestCase("""{"kind":"class","name":null,"type":"A","id":1,"arguments":[]}""")]
    public void ToDeclaration_WhenEntryIsNotUnderstood_Refuses(string json)
    {
        using var entry = JsonDocument.Parse(json);

        Assert.That(() => JsonEntry.ToDeclaration(entry.RootElement), Throws.InstanceOf<InvalidDataException>());
    }
}
