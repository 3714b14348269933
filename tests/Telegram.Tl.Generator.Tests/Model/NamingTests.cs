using Telegram.Tl.Generator.Model;

namespace Telegram.Tl.Generator.Tests.Model;

[TestFixture]
public sealed class NamingTests
{
    [TestCase("messages.dialogsSlice", "MessagesDialogsSlice")]
    [TestCase("p_q_inner_data_dc", "PQInnerDataDc")]
    [TestCase("resPQ", "ResPQ")]
    [TestCase("access_hash", "AccessHash")]
    [TestCase("new_nonce_hash1", "NewNonceHash1")]
    [TestCase("Set_client_DH_params_answer", "SetClientDHParamsAnswer")]
    [TestCase("srp_B", "SrpB")]
    public void Pascal_WhenNameHasDotsOrUnderscores_JoinsItsParts(string name, string expected) =>
        Assert.That(Naming.Pascal(name), Is.EqualTo(expected));

    [TestCase("message", "Message", "MessageValue")]
    [TestCase("read", "Box", "ReadValue")]
    [TestCase("constructor_id", "Box", "ConstructorIdValue")]
    [TestCase("message", "Box", "Message")]
    public void Property_WhenNameIsTaken_GetsASuffix(string field, string className, string expected) =>
        Assert.That(Naming.Property(field, className), Is.EqualTo(expected));
}
