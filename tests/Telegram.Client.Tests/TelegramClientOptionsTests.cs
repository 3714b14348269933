using Telegram.Mtproto.Transports;

namespace Telegram.Client.Tests;

public sealed class TelegramClientOptionsTests
{
    private static IEnumerable<TestCaseData> Broken()
    {
        var good = TestOptions.Make();
        yield return new TestCaseData(good with { ApiId = 0 }, "ApiId");
        yield return new TestCaseData(good with { ApiHash = " " }, "ApiHash");
        yield return new TestCaseData(good with { DataCenters = null! }, "DataCenters");
        yield return new TestCaseData(good with { Transport = (TransportKind)99 }, "Transport");
        yield return new TestCaseData(good with { Transport = TransportKind.Full, Obfuscated = true }, "Transport");
        yield return new TestCaseData(good with { TimeProvider = null! }, "TimeProvider");
        yield return new TestCaseData(good with { Random = null! }, "Random");
        yield return new TestCaseData(good with { Logger = null! }, "Logger");
        yield return new TestCaseData(good with { DeviceModel = "" }, "DeviceModel");
        yield return new TestCaseData(good with { AppVersion = new string('x', 257) }, "AppVersion");
        yield return new TestCaseData(good with { ConnectTimeout = TimeSpan.Zero }, "ConnectTimeout");
        yield return new TestCaseData(good with { RequestTimeout = TimeSpan.FromDays(2) }, "RequestTimeout");
        yield return new TestCaseData(good with { MaxReconnectDelay = TimeSpan.FromMilliseconds(1) }, "MaxReconnectDelay");
        yield return new TestCaseData(good with { IdleConnectionTimeout = TimeSpan.Zero }, "IdleConnectionTimeout");
        yield return new TestCaseData(good with { UpdatesCapacity = 0 }, "UpdatesCapacity");
    }

    [TestCaseSource(nameof(Broken))]
    public void Validate_WhenAValueIsWrong_NamesIt(TelegramClientOptions options, string name) =>
        Assert.That(options.Validate, Throws.ArgumentException.With.Property("ParamName").EqualTo(name));

    [Test]
    public void Validate_WhenRight_Passes() => Assert.That(TestOptions.Make().Validate, Throws.Nothing);

    [Test]
    public void ToString_WhenPrinted_HoldsNoHash() =>
        Assert.That(TestOptions.Make().ToString(), Does.Not.Contain("0123456789abcdef"));
}
