using System.Diagnostics;
using Crm.Infrastructure.Hosting;

namespace Crm.Infrastructure.Tests.Hosting;

public sealed class ProcessesTests
{
    private readonly Processes _processes = new Processes();

    [Test]
    public void Self_WhenAskedTwice_IsTheSameAndUnlikeAnothers()
    {
        var first = _processes.Self;
        Assert.That(_processes.Self, Is.EqualTo(first));
        Assert.That(new Processes().Self.Instance, Is.Not.EqualTo(first.Instance));
        Assert.That(_processes.Self.ProcessId, Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public void HasEnded_WhenItRuns_IsFalse() => Assert.That(_processes.HasEnded(new Processes().Self), Is.False);

    [Test]
    public void HasEnded_WhenAnotherProcessHasItsNumber_IsTrue() =>
        Assert.That(_processes.HasEnded(_processes.Self with { Started = _processes.Self.Started - TimeSpan.TicksPerMinute }), Is.True);

    [Test]
    public async Task HasEnded_WhenThereIsNoSuchProcess_IsTrue()
    {
        using var ended = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
        await ended.WaitForExitAsync();

        Assert.That(_processes.HasEnded(_processes.Self with { ProcessId = ended.Id }), Is.True);
    }

    [Test]
    public void HasEnded_WhenItRanElsewhere_IsNotKnown() =>
        Assert.That(_processes.HasEnded(_processes.Self with { Host = "elsewhere", ProcessId = int.MaxValue }), Is.False);
}
