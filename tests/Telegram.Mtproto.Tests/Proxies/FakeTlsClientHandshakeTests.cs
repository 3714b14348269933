using System.Buffers.Binary;
using System.Text;
using Telegram.Mtproto.Proxies;

namespace Telegram.Mtproto.Tests.Proxies;

internal sealed class FakeTlsClientHandshakeTests
{
    private FakeTlsClientHandshake _client = null!;

    [SetUp]
    public void Start()
    {
        _client = new FakeTlsClientHandshake(FakeTlsVectors.Secret, new SeededRandomSource(FakeTlsVectors.Seed));
        _client.Start(new byte[FakeTlsClientHandshake.HelloLength], FakeTlsVectors.Time);
    }

    [Test]
    public void Start_WithFixedRandomness_HasTheDigestComputedElsewhere()
    {
        var hello = FakeTlsVectors.Hello(FakeTlsVectors.Time);

        Assert.That(Hex.Of(hello.AsSpan(0, 11)), Is.EqualTo("1603010200010001fc0303"));
        Assert.That(hello[11..43], Is.EqualTo(FakeTlsVectors.ClientRandom));
    }

    [Test]
    public void Start_WhateverIsDrawn_IsAWellFormedGreetingForTheDomain()
    {
        for (var seed = 0; seed < 64; seed++)
        {
            var domain = new string('d', 1 + (seed * 182 / 64)) + (seed == 63 ? "dd" : "");
            var secret = ProxySecret.Create(ProxySecretKind.FakeTls, new SeededRandomSource(seed), domain[..Math.Min(domain.Length, 182)]);
            var extensions = Extensions(FakeTlsVectors.Hello(FakeTlsVectors.Time, seed, secret));

            Assert.That(extensions.Select(one => one.Type), Is.Unique);
            Assert.That(extensions.Count(one => (one.Type & 0x0F0F) == 0x0A0A && one.Type >> 8 == (one.Type & 0xFF)), Is.EqualTo(2));
            Assert.That(Encoding.ASCII.GetString(extensions.Single(one => one.Type == 0).Value.AsSpan(5)), Is.EqualTo(secret.Domain));
            Assert.That(extensions[^1].Type, Is.EqualTo(0x15));
        }
    }

    [Test]
    public void Verify_WhenTheAnswerWasComputedElsewhere_Passes() => Assert.That(() => _client.Verify(FakeTlsVectors.Answer()), Throws.Nothing);

    [Test]
    public void Verify_WhenAnyByteIsAnother_Refuses()
    {
        for (var i = 0; i < FakeTlsVectors.Answer().Length; i++)
        {
            var forged = FakeTlsVectors.Answer();
            forged[i] ^= 1;
            Assert.That(() => _client.Verify(forged), Throws.TypeOf<FakeTlsException>(), $"byte {i}");
        }
    }

    [Test]
    public void Verify_WhenTheAnswerIsCutOrLonger_Refuses()
    {
        var answer = FakeTlsVectors.Answer();
        for (var length = 0; length < answer.Length; length++)
        {
            Assert.That(() => _client.Verify(answer.AsSpan(0, length).ToArray()), Throws.TypeOf<FakeTlsException>(), $"{length} bytes");
        }

        Assert.That(() => _client.Verify([.. answer, 0]), Throws.TypeOf<FakeTlsException>());
    }

    [Test]
    public void Verify_WhenItAnswersAnotherGreeting_Refuses()
    {
        _client.Start(new byte[FakeTlsClientHandshake.HelloLength], FakeTlsVectors.Time.AddSeconds(1));

        var thrown = Assert.Throws<FakeTlsException>(() => _client.Verify(FakeTlsVectors.Answer()));
        Assert.That(thrown.Fault, Is.EqualTo(FakeTlsFault.WrongDigest));
    }

    [Test]
    public void Measure_WhenFollowed_AsksForTheWholeAnswerAndNoByteMore()
    {
        var answer = FakeTlsVectors.Answer();
        var asked = new List<int>();
        for (var length = 0; length < answer.Length; length = asked[^1])
        {
            asked.Add(FakeTlsClientHandshake.Measure(answer.AsSpan(0, length)));
            Assert.That(asked[^1], Is.GreaterThan(length));
        }

        Assert.That(asked, Is.EqualTo(new[] { 5, 5 + 0x7A + 6 + 5, answer.Length }));
        Assert.That(FakeTlsClientHandshake.Measure(answer), Is.EqualTo(answer.Length));
    }

    [TestCase("1503030002", FakeTlsFault.Alert)]
    [TestCase("485454502F", FakeTlsFault.InvalidRecord)]
    [TestCase("160301007A", FakeTlsFault.InvalidRecord)]
    [TestCase("1603030000", FakeTlsFault.RecordEmpty)]
    [TestCase("1603034101", FakeTlsFault.RecordTooLong)]
    [TestCase("1603030025", FakeTlsFault.InvalidRecord)]
    public void Measure_WhenItBeginsLikeNoAnswer_Refuses(string hex, FakeTlsFault fault) => Assert.That(
        () => FakeTlsClientHandshake.Measure(Convert.FromHexString(hex)), Throws.TypeOf<FakeTlsException>().With.Property("Fault").EqualTo(fault));

    [Test]
    public void Measure_WhenEverythingIsAsLongAsItMayBe_StaysInItsBound()
    {
        byte[] longest = [.. Hex.Bytes("1603034100"), .. new byte[0x4100], .. Hex.Bytes("140303000101 1703034100")];

        Assert.That(FakeTlsClientHandshake.Measure(longest), Is.EqualTo(FakeTlsClientHandshake.MaxAnswerLength));
    }

    [Test]
    public void Constructor_WhenTheSecretIsOfAnotherKind_Throws() =>
        Assert.That(() => new FakeTlsClientHandshake(ProxySecret.Parse(new string('0', 32)), new SeededRandomSource(1)), Throws.ArgumentException);

    /// <summary>Reads a greeting as RFC 8446 has it.</summary>
    private static List<(int Type, byte[] Value)> Extensions(byte[] hello)
    {
        var at = 43 + 1 + hello[43];
        at += 2 + BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at));
        at += 1 + hello[at];
        Assert.That(at + 2 + BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at)), Is.EqualTo(hello.Length));
        var extensions = new List<(int, byte[])>();
        for (at += 2; at < hello.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at + 2));
            extensions.Add((BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at)), hello[(at + 4)..(at + 4 + length)]));
            at += 4 + length;
        }

        Assert.That(at, Is.EqualTo(hello.Length));
        return extensions;
    }
}
