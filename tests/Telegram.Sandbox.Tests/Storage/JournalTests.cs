using Telegram.Sandbox.Storage;
using Telegram.Sandbox.Tests.Support;

namespace Telegram.Sandbox.Tests.Storage;

[TestFixture]
public sealed class JournalTests
{
    private TemporaryDirectory _directory = null!;

    private string FilePath => _directory.File("journal.jsonl");

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Open_AfterAppends_ReturnsTheRecordsInOrder()
    {
        using (var journal = Journal<Note>.Open(FilePath, out var none))
        {
            Assert.That(none, Is.Empty);
            journal.Append(new Note(1, "one"));
            journal.Append(new Note(2, "line\nbreak"));
        }

        using var again = Journal<Note>.Open(FilePath, out var records);

        Assert.That(records, Is.EqualTo(new[] { new Note(1, "one"), new Note(2, "line\nbreak") }));
    }

    [Test]
    public void Append_WithoutClosing_IsWithTheOperatingSystem()
    {
        using var journal = Journal<Note>.Open(FilePath, out _);

        journal.Append(new Note(1, "one"));

        Assert.That(new FileInfo(FilePath).Length, Is.GreaterThan(0));
    }

    [Test]
    public void Open_WhenCutAnywhereInTheLastRecord_KeepsAllOthersAndGoesOn()
    {
        using (var journal = Journal<Note>.Open(FilePath, out _))
        {
            journal.Append(new Note(1, "one"));
            journal.Append(new Note(2, "two"));
        }

        var whole = File.ReadAllBytes(FilePath);
        var first = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = first; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            using (var journal = Journal<Note>.Open(FilePath, out var records))
            {
                Assert.That(records, Is.EqualTo(new[] { new Note(1, "one") }), $"cut at {length}");
                journal.Append(new Note(3, "three"));
            }

            using var again = Journal<Note>.Open(FilePath, out var after);
            Assert.That(after, Is.EqualTo(new[] { new Note(1, "one"), new Note(3, "three") }), $"cut at {length}");
        }
    }

    [Test]
    public void Open_WhenTheLastLineIsZeroes_DropsIt()
    {
        File.WriteAllText(FilePath, """{"number":1,"text":"one"}""" + "\n" + "\0\0\0\0\n");
        using var journal = Journal<Note>.Open(FilePath, out var records);

        Assert.That(records, Is.EqualTo(new[] { new Note(1, "one") }));
    }

    [Test]
    public void Open_WhenARecordInTheMiddleIsBroken_RefusesTheFile()
    {
        File.WriteAllText(FilePath, """
            {"number":1,"text":"one"}
            {"number":
            {"number":3,"text":"three"}

            """);

        Assert.That(() => Journal<Note>.Open(FilePath, out _), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("Record 2"));
    }

    [Test]
    public void Open_WhenAnotherHasItOpen_Throws()
    {
        using var journal = Journal<Note>.Open(FilePath, out _);

        Assert.That(() => Journal<Note>.Open(FilePath, out _), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Rewrite_WhenAppendedAfterwards_HoldsBoth()
    {
        using (var journal = Journal<Note>.Open(FilePath, out _))
        {
            journal.Append(new Note(1, "one"));
            journal.Append(new Note(2, "two"));
            journal.Rewrite([new Note(2, "two")]);
            journal.Append(new Note(3, "three"));
        }

        using var again = Journal<Note>.Open(FilePath, out var records);

        Assert.That(records, Is.EqualTo(new[] { new Note(2, "two"), new Note(3, "three") }));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Unix file modes")]
    public void Open_WhenMade_IsForTheOwnerAlone()
    {
        using var journal = Journal<Note>.Open(FilePath, out _);

#pragma warning disable CA1416 // Excluded on Windows above.
        Assert.That(File.GetUnixFileMode(FilePath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
#pragma warning restore CA1416
    }

    private sealed record Note(int Number, string Text);
}
