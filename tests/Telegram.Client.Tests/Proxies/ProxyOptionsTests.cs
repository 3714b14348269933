using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;

namespace Telegram.Client.Tests.Proxies;

internal sealed class ProxyOptionsTests
{
    private static readonly ProxySecret Secret = ProxySecret.Parse("dd00112233445566778899aabbccddeeff");

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return new TestCaseData(new Socks5Proxy("", 1080), "Host");
        yield return new TestCaseData(new Socks5Proxy(null!, 1080), "Host");
        yield return new TestCaseData(new Socks5Proxy("two words", 1080), "Host");
        yield return new TestCaseData(new Socks5Proxy("http://proxy", 1080), "Host");
        yield return new TestCaseData(new Socks5Proxy(new string('a', 254), 1080), "Host");
        yield return new TestCaseData(new HttpProxy("proxy", 0), "Port");
        yield return new TestCaseData(new HttpProxy("proxy", 65536), "Port");
        yield return new TestCaseData(new Socks5Proxy("proxy", 1080, "", "word"), "Username");
        yield return new TestCaseData(new Socks5Proxy("proxy", 1080, new string('ж', 128), "word"), "Username");
        yield return new TestCaseData(new Socks5Proxy("proxy", 1080, "anna", ""), "Password");
        yield return new TestCaseData(new Socks5Proxy("proxy", 1080, "anna", "a\r\nb"), "Password");
        yield return new TestCaseData(new Socks5Proxy("proxy", 1080, "anna"), "Password");
        yield return new TestCaseData(new Socks5Proxy("proxy", 1080, Password: "word"), "Username");
        yield return new TestCaseData(new HttpProxy("proxy", 1080, "an:na", "word"), "Username");
        yield return new TestCaseData(new MtProxy("proxy", 443, null!), "Secret");
    }

    [TestCaseSource(nameof(Broken))]
    public void Validate_WhenAValueIsWrong_NamesIt(ProxyOptions proxy, string name) =>
        Assert.That((TestOptions.Make() with { Proxy = proxy }).Validate, Throws.ArgumentException.With.Property("ParamName").EqualTo(name));

    [TestCase("proxy.example")]
    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public void Validate_WhenRight_Passes(string host)
    {
        Assert.That((TestOptions.Make() with { Proxy = new Socks5Proxy(host, 1080, "anna", "word") }).Validate, Throws.Nothing);
        Assert.That((TestOptions.Make() with { Proxy = new HttpProxy(host, 3128) }).Validate, Throws.Nothing);
        Assert.That((TestOptions.Make() with { Proxy = new MtProxy(host, 443, Secret), Obfuscated = false }).Validate, Throws.Nothing);
    }

    [Test]
    public void Validate_WhenFullShouldGoThroughAnMtProxy_Refuses() => Assert.That(
        (TestOptions.Make() with { Proxy = new MtProxy("proxy", 443, Secret), Transport = TransportKind.Full, Obfuscated = false }).Validate,
        Throws.ArgumentException.With.Property("ParamName").EqualTo("Transport"));

    [Test]
    public void WireTransport_WhenTheSecretDemandsPadding_IsPaddedAndObfuscated()
    {
        var options = TestOptions.Make() with { Proxy = new MtProxy("proxy", 443, Secret), Transport = TransportKind.Abridged, Obfuscated = false };

        Assert.That((options.WireTransport, options.IsObfuscated), Is.EqualTo((TransportKind.PaddedIntermediate, true)));
    }

    [Test]
    public void ToString_WhenPrinted_HoldsNeitherSignInNorSecret()
    {
        Assert.That($"{new Socks5Proxy("::1", 1080, "anna", "word")}", Is.EqualTo("SOCKS5 proxy [::1]:1080"));
        Assert.That($"{new HttpProxy("proxy", 3128, "anna", "word")}", Is.EqualTo("HTTP proxy proxy:3128"));
        Assert.That($"{new MtProxy("proxy", 443, Secret)}", Is.EqualTo("MTProxy proxy:443"));
    }
}
