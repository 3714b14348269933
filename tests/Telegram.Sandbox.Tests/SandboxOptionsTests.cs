using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Telegram.Sandbox.Tests;

[TestFixture]
public sealed class SandboxOptionsTests
{
    [Test]
    public void Validate_WithDefaults_Passes() => Assert.That(() => new SandboxOptions().Validate(), Throws.Nothing);

    [TestCase("Sandbox:Port", "70000")]
    [TestCase("Sandbox:Port", "65534")]
    [TestCase("Sandbox:Port", "-1")]
    [TestCase("Sandbox:ControlPort", "2444")]
    [TestCase("Sandbox:ControlPort", "65536")]
    [TestCase("Sandbox:ProxyPort", "-1")]
    [TestCase("Sandbox:ProxyPort", "65536")]
    [TestCase("Sandbox:ProxyPort", "2444")]
    [TestCase("Sandbox:ProxyPort", "2480")]
    [TestCase("Sandbox:ProxySecrets:0", "not a secret")]
    [TestCase("Sandbox:Operators", "0")]
    [TestCase("Sandbox:Operators", "10000")]
    [TestCase("Sandbox:DialogsPerOperator", "-1")]
    [TestCase("Sandbox:MessagesPerDialog", "1000001")]
    [TestCase("Sandbox:MaxConnections", "0")]
    [TestCase("Sandbox:ReplyDelay", "00:00:10")]
    [TestCase("Sandbox:IdleTimeout", "00:00:00")]
    [TestCase("Data:Directory", " ")]
    public void Validate_WithAValueOutOfRange_NamesTheKey(string key, string value)
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => From((key, value)).Validate());

        Assert.That(thrown?.Failures, Has.One.Contains(key));
    }

    [Test]
    public void Validate_WithSeveralWrongValues_NamesThemAll()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => From(("Sandbox:Port", "-1"), ("Sandbox:Operators", "0")).Validate());

        Assert.That(thrown?.Failures, Has.Exactly(2).Items);
    }

    [Test]
    public void FromConfiguration_WithValues_TakesThemAndKeepsOtherDefaults()
    {
        var options = From(("Sandbox:Port", "0"), ("Data:Directory", "elsewhere"), ("Sandbox:ReplyDelay", "00:00:00.1"));

        Assert.That(options.Port, Is.Zero);
        Assert.That(options.DataDirectory, Is.EqualTo("elsewhere"));
        Assert.That(options.ReplyDelay, Is.EqualTo(TimeSpan.FromMilliseconds(100)));
        Assert.That(options.ControlPort, Is.EqualTo(2480));
    }

    [TestCase(null, null)]
    [TestCase("", null)]
    [TestCase("0", 0)]
    [TestCase("2490", 2490)]
    public void FromConfiguration_WithAProxysPort_TakesItAndItsSecrets(string? port, int? expected)
    {
        var options = SandboxOptions.FromConfiguration(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Sandbox:ProxyPort", port),
            new("Sandbox:ProxySecrets:0", "00112233445566778899aabbccddeeff"),
            new("Sandbox:ProxySecrets:1", "dd00112233445566778899aabbccddeeff"),
        ]).Build());

        Assert.That(options.ProxyPort, Is.EqualTo(expected));
        Assert.That(options.ProxySecrets, Has.Count.EqualTo(2));
        Assert.That(options.Validate, Throws.Nothing);
    }

    [Test]
    public void Validate_WhenASecretIsWrong_DoesNotRepeatIt()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => From(("Sandbox:ProxySecrets:0", "00112233445566")).Validate());

        Assert.That(thrown?.Message, Does.Not.Contain("00112233445566"));
    }

    [Test]
    public void FromConfiguration_WhenAValueIsNoNumber_NamesTheKey() =>
        Assert.That(() => From(("Sandbox:Port", "twenty")), Throws.InvalidOperationException.With.Message.Contains("Sandbox:Port"));

    private static SandboxOptions From(params (string Key, string Value)[] values) => SandboxOptions.FromConfiguration(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)))
            .Build());
}
