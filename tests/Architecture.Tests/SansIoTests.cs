namespace Architecture.Tests;

/// <summary>The protocol's core takes bytes and a time, and has neither sockets nor tasks nor a clock of its own.</summary>
[TestFixture]
internal sealed class SansIoTests
{
    private static readonly string[] Io =
    [
        "System.Net.", "System.IO.File", "System.IO.Stream", "System.Threading.Tasks.", "System.Threading.Thread", "System.Threading.Timer",
        "System.Threading.PeriodicTimer", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Random",
    ];

    // The compiler's own attributes and value tasks aside, inflating needs a stream in memory.
    private static readonly string[] InMemory = ["System.IO.Stream"];

    [Test]
    public void Mtproto_WhenBuilt_HasNoInputOrOutput() =>
        Assert.That(Rules.MentionedTypes(Solution.Load("Telegram.Mtproto"), Io), Is.Empty);

    [Test]
    public void Tl_WhenBuilt_HasNoInputOrOutput() =>
        Assert.That(Rules.MentionedTypes(Solution.Load("Telegram.Tl"), [.. Io.Except(InMemory, StringComparer.Ordinal)]), Is.Empty);

    [Test]
    public void MentionedTypes_WhenThereIsIo_SeesIt() =>
        Assert.That(Rules.MentionedTypes(Solution.Load("Crm.Api"), Io), Does.Contain("System.Threading.Tasks.Task"));
}
