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

    [Test]
    public void FromConfiguration_WhenAValueIsNoNumber_NamesTheKey() =>
        Assert.That(() => From(("Sandbox:Port", "twenty")), Throws.InvalidOperationException.With.Message.Contains("Sandbox:Port"));

    private static SandboxOptions From(params (string Key, string Value)[] values) => SandboxOptions.FromConfiguration(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)))
            .Build());
}
