using Crm.Api.Configuration;
using Microsoft.Extensions.Configuration;
using Telegram.Client;
using Telegram.Mtproto.Proxies;

namespace Crm.Api.Tests.Configuration;

[TestFixture]
internal sealed class ProxySettingsTests
{
    private const string Secret = "ee00112233445566778899aabbccddeeff612e6578616d706c65";

    [TestCase("", "")]
    [TestCase("Type", "none")]
    [TestCase("Host", "left over")]
    public void Read_WhenThereIsNoType_IsNone(string key, string value)
    {
        Assert.That(Read(out var problems, (key, value)), Is.Null);
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void Read_WhenEverythingIsSet_TakesIt()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Read(out _, ("Type", "socks5"), ("Host", "proxy.example"), ("Port", "1080"), ("Username", "anna"), ("Password", "word")),
                Is.EqualTo(new Socks5Proxy("proxy.example", 1080, "anna", "word")));
            Assert.That(Read(out _, ("Type", "HTTP"), ("Host", "::1"), ("Port", "3128")), Is.EqualTo(new HttpProxy("::1", 3128)));
            Assert.That(
                Read(out _, ("Type", "mtproxy"), ("Host", "127.0.0.1"), ("Port", "443"), ("Secret", Secret)),
                Is.TypeOf<MtProxy>().With.Property("Secret").Property("Kind").EqualTo(ProxySecretKind.FakeTls));
        }
    }

    [TestCase("Type", "socks4", "socks5")]
    [TestCase("Host", "", "socks5")]
    [TestCase("Host", "http://proxy", "http")]
    [TestCase("Port", "", "http")]
    [TestCase("Port", "0", "socks5")]
    [TestCase("Port", "https", "mtproxy")]
    [TestCase("Username", "an:na", "http")]
    [TestCase("Username", "", "socks5")]
    [TestCase("Password", "", "http")]
    [TestCase("Password", "a\nb", "socks5")]
    [TestCase("Secret", Secret, "socks5")]
    [TestCase("Secret", "", "mtproxy")]
    [TestCase("Secret", "zzz", "mtproxy")]
    [TestCase("Secret", "ee00112233445566778899aabbccddeeff", "mtproxy")]
    [TestCase("Username", "anna", "mtproxy")]
    [TestCase("Password", "hidden", "mtproxy")]
    public void Read_WhenAValueIsWrong_NamesItsKeyInOneLineWithoutSecrets(string key, string value, string type)
    {
        var values = new Dictionary<string, string> { ["Type"] = type, ["Host"] = "proxy", ["Port"] = "1080" };
        if (type is "mtproxy")
        {
            values["Secret"] = Secret;
        }
        else
        {
            (values["Username"], values["Password"]) = ("anna", "hidden");
        }

        values[key] = value;
        Assert.That(Read(out var problems, [.. values.Select(pair => (pair.Key, pair.Value))]), Is.Null);
        Assert.That(problems, Has.Count.EqualTo(1));
        Assert.That(
            problems[0],
            Does.StartWith($"Telegram:Proxy:{key}").And.Not.Contains("hidden").And.Not.Contains("anna").And.Not.Contains("0011").And.Not.Contains('\n'));
    }

    private static ProxyOptions? Read(out IReadOnlyList<string> problems, params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Telegram:Proxy:{pair.Key}", (string?)pair.Value)))
            .Build();
        var reader = new SettingReader(configuration);
        var proxy = ProxySettings.Read(reader);
        problems = reader.Problems;
        return proxy;
    }
}
