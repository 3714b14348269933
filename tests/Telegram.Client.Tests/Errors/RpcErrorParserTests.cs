namespace Telegram.Client.Tests.Errors;

public sealed class RpcErrorParserTests
{
    [TestCase("FLOOD_WAIT_31", "FLOOD_WAIT", 31)]
    [TestCase("PHONE_MIGRATE_4", "PHONE_MIGRATE", 4)]
    [TestCase("FILE_PART_3_MISSING", "FILE_PART_MISSING", 3)]
    [TestCase("2FA_CONFIRM_WAIT_600", "2FA_CONFIRM_WAIT", 600)]
    [TestCase("INTERDC_2_CALL_ERROR", "INTERDC_CALL_ERROR", 2)]
    [TestCase("PHONE_CODE_INVALID", "PHONE_CODE_INVALID", null)]
    [TestCase("FLOOD_WAIT_99999999999", "FLOOD_WAIT_99999999999", null)]
    [TestCase("Timeout", "Timeout", null)]
    [TestCase("INPUT_METHOD_INVALID: something 12", "INPUT_METHOD_INVALID", null)]
    [TestCase("42", "UNKNOWN", 42)]
    [TestCase("", "UNKNOWN", null)]
    [TestCase("\n<b>", "UNKNOWN", null)]
    [TestCase("_", "_", null)]
    public void Split_WhenGivenAnErrorMessage_TakesTheNumberOut(string message, string type, int? parameter) =>
        Assert.That(RpcErrorParser.Split(message), Is.EqualTo((type, parameter)));

    [Test]
    public void Parse_WhenMessageIsEndless_KeepsItShort() =>
        Assert.That(RpcErrorParser.Parse(400, new string('A', 100_000)).Type, Has.Length.EqualTo(128));

    [TestCase("FLOOD_WAIT_31", 31)]
    [TestCase("FLOOD_PREMIUM_WAIT_5", 5)]
    [TestCase("SLOWMODE_WAIT_10", 10)]
    [TestCase("TAKEOUT_INIT_DELAY_86400", 86400)]
    [TestCase("FLOOD_TEST_PHONE_WAIT_7", 7)]
    [TestCase("FLOOD_WAIT_0", 1)]
    [TestCase("FLOOD_WAIT", 1)]
    public void Parse_WhenToldToWait_SaysHowLong(string message, int seconds) =>
        Assert.That(((FloodWaitException)RpcErrorParser.Parse(420, message)).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("PHONE_MIGRATE_4", true)]
    [TestCase("NETWORK_MIGRATE_4", true)]
    [TestCase("USER_MIGRATE_4", true)]
    [TestCase("FILE_MIGRATE_4", false)]
    [TestCase("STATS_MIGRATE_4", false)]
    public void Parse_WhenSentElsewhere_SaysWhereAndWhatFor(string message, bool isForAccount)
    {
        var error = (MigrateException)RpcErrorParser.Parse(303, message);

        Assert.That(error.DataCenterId, Is.EqualTo(4));
        Assert.That(error.IsForAccount, Is.EqualTo(isForAccount));
    }

    [TestCase("FILE_MIGRATE_0")]
    [TestCase("FILE_MIGRATE")]
    public void Parse_WhenSentNowhere_IsAnOrdinaryError(string message) =>
        Assert.That(RpcErrorParser.Parse(303, message), Is.Not.TypeOf<MigrateException>());

    [TestCase("AUTH_KEY_UNREGISTERED")]
    [TestCase("AUTH_KEY_INVALID")]
    [TestCase("AUTH_KEY_DUPLICATED")]
    [TestCase("SESSION_REVOKED")]
    [TestCase("SESSION_EXPIRED")]
    [TestCase("USER_DEACTIVATED")]
    [TestCase("USER_DEACTIVATED_BAN")]
    public void Parse_WhenTheSessionIsOver_SaysSo(string message) =>
        Assert.That(RpcErrorParser.Parse(401, message), Is.TypeOf<SessionRevokedException>());

    [Test]
    public void Parse_WhenPasswordIsWrong_SaysSo() =>
        Assert.That(RpcErrorParser.Parse(400, "PASSWORD_HASH_INVALID"), Is.TypeOf<PasswordInvalidException>());

    [Test]
    public void Message_WhenThereIsANumber_NamesCodeTypeAndNumber() =>
        Assert.That(RpcErrorParser.Parse(420, "FLOOD_WAIT_31").Message, Is.EqualTo("Telegram answered 420 FLOOD_WAIT (31)."));
}
