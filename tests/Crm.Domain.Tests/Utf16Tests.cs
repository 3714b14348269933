namespace Crm.Domain.Tests;

public sealed class Utf16Tests
{
    private const char High = '\uD83C';
    private const char Low = '\uDF89';

    // Not in attributes: those are stored as UTF-8, which half a pair does not survive.
    private static readonly string[] Broken =
    [
        $"{High}", $"{Low}", $"a{High}", $"{High}a", $"{Low}{High}", $"🎉{High}{High}",
    ];

    [TestCase("")]
    [TestCase("plain")]
    [TestCase("🎉")]
    [TestCase("a🎉b🎉")]
    public void IsWellFormed_WhenSurrogatesStandInPairs_Agrees(string text) => Assert.That(Utf16.IsWellFormed(text), Is.True);

    [TestCaseSource(nameof(Broken))]
    public void IsWellFormed_WhenHalfAPairIsMissing_Refuses(string text) => Assert.That(Utf16.IsWellFormed(text), Is.False);
}
