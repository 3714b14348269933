using System.Text;
using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Tests.Proxies;

internal sealed class ProxySecretTests
{
    private const string Key = "00112233445566778899aabbccddeeff";

    private static readonly string Domain = Convert.ToHexStringLower("www.example.com"u8);

    private static IEnumerable<TestCaseData> Written()
    {
        yield return new TestCaseData(Key, ProxySecretKind.Plain, "");
        yield return new TestCaseData(Key.ToUpperInvariant(), ProxySecretKind.Plain, "");
        yield return new TestCaseData($" {Key}\n", ProxySecretKind.Plain, "");
        yield return new TestCaseData("dd" + Key, ProxySecretKind.Padded, "");
        yield return new TestCaseData("DD" + Key, ProxySecretKind.Padded, "");
        yield return new TestCaseData("ee" + Key + Domain, ProxySecretKind.FakeTls, "www.example.com");

        // The same in base64url, which coreutils' basenc wrote.
        yield return new TestCaseData("ABEiM0RVZneImaq7zN3u_w", ProxySecretKind.Plain, "");
        yield return new TestCaseData("ABEiM0RVZneImaq7zN3u_w==", ProxySecretKind.Plain, "");
        yield return new TestCaseData("ABEiM0RVZneImaq7zN3u/w==", ProxySecretKind.Plain, "");
        yield return new TestCaseData("3QARIjNEVWZ3iJmqu8zd7v8", ProxySecretKind.Padded, "");
        yield return new TestCaseData("7gARIjNEVWZ3iJmqu8zd7v93d3cuZXhhbXBsZS5jb20", ProxySecretKind.FakeTls, "www.example.com");
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return new TestCaseData(null, "is empty");
        yield return new TestCaseData(" ", "is empty");
        yield return new TestCaseData(new string('a', 399), "is longer than 398 characters");
        yield return new TestCaseData("not a secret!", "is neither hexadecimal nor base64url");
        yield return new TestCaseData("секрет", "is neither hexadecimal nor base64url");
        yield return new TestCaseData(Key[..30], "has 15 bytes, and not 16, nor dd and 16, nor ee, 16 and a domain");
        yield return new TestCaseData(Key + "ab", "has 17 bytes, and not 16, nor dd and 16, nor ee, 16 and a domain");
        yield return new TestCaseData("dd" + Key + "61", "has 18 bytes, and not 16, nor dd and 16, nor ee, 16 and a domain");
        yield return new TestCaseData("ee" + Key, "begins with ee and names no domain");
        yield return new TestCaseData("ee" + Key + "2e61", "names no proper domain");
        yield return new TestCaseData("ee" + Key + "610d0a", "names no proper domain");
        yield return new TestCaseData("ee" + Key + "ff", "names no proper domain");
        yield return new TestCaseData("AQID", "has 3 bytes, and not 16, nor dd and 16, nor ee, 16 and a domain");
        yield return new TestCaseData(
            Convert.ToBase64String([0xEE, .. new byte[16], .. Encoding.ASCII.GetBytes(new string('a', 183))]), "is neither hexadecimal nor base64url");
    }

    [TestCaseSource(nameof(Written))]
    public void Parse_WhenWrittenInEitherWay_ReadsIt(string text, ProxySecretKind kind, string domain)
    {
        var secret = ProxySecret.Parse(text);

        Assert.That((secret.Kind, secret.Domain), Is.EqualTo((kind, domain)));
        Assert.That(Convert.ToHexStringLower(secret.Key), Is.EqualTo(Key));
        Assert.That(ProxySecret.Parse(secret.Reveal()).Reveal(), Is.EqualTo(secret.Reveal()));
    }

    [TestCaseSource(nameof(Broken))]
    public void TryParse_WhenItIsNoSecret_SaysWhyWithoutIt(string? text, string expected)
    {
        Assert.That(ProxySecret.TryParse(text, out var secret, out var problem), Is.False);
        Assert.That((secret, problem), Is.EqualTo(((ProxySecret?)null, expected)));
        Assert.That(() => ProxySecret.Parse(text!), Throws.TypeOf<FormatException>().With.Message.EqualTo($"The proxy's secret {expected}."));
    }

    [Test]
    public void TryParse_WhenGivenNoise_NeverThrows()
    {
        var random = new SeededRandomSource(50);
        for (var i = 0; i < 2000; i++)
        {
            var text = Encoding.Latin1.GetString(random.Bytes(random.Next(450)));
            Assert.That(() => ProxySecret.TryParse(text, out _, out _), Throws.Nothing);
        }
    }

    [Test]
    public void ToString_WhenPrinted_HoldsNothingOfTheSecret() =>
        Assert.That(ProxySecret.Parse("ee" + Key + Domain).ToString(), Is.EqualTo("ProxySecret { Kind = FakeTls }"));

    [Test]
    public void Create_Always_GivesASecretThatParses([Values] ProxySecretKind kind)
    {
        var made = ProxySecret.Create(kind, new SeededRandomSource(51), kind == ProxySecretKind.FakeTls ? "a.example" : "");

        Assert.That(ProxySecret.Parse(made.Reveal()).Kind, Is.EqualTo(kind));
        Assert.That(made.Key.ToArray(), Is.EqualTo(new SeededRandomSource(51).Bytes(16)));
    }

    [TestCase(ProxySecretKind.Plain, "a.example")]
    [TestCase(ProxySecretKind.FakeTls, "")]
    [TestCase(ProxySecretKind.FakeTls, "a b")]
    public void Create_WhenTheDomainIsWrong_Throws(ProxySecretKind kind, string domain) =>
        Assert.That(() => ProxySecret.Create(kind, new SeededRandomSource(51), domain), Throws.ArgumentException);

    [Test]
    public void TransportFor_WhenTheSecretDemandsPadding_IsPadded()
    {
        Assert.That(ProxySecret.Parse(Key).TransportFor(TransportKind.Abridged), Is.EqualTo(TransportKind.Abridged));
        Assert.That(ProxySecret.Parse("dd" + Key).TransportFor(TransportKind.Abridged), Is.EqualTo(TransportKind.PaddedIntermediate));
        Assert.That(ProxySecret.Parse("ee" + Key + "61").TransportFor(TransportKind.Abridged), Is.EqualTo(TransportKind.PaddedIntermediate));
    }
}
