using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Crm.Application.Ports;
using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Hosting;

/// <summary>
/// The processes that can be seen from here. On Linux a process's number counts within its namespace and since the last boot; both
/// belong to the host's name, so that no container takes another's process for its own.
/// </summary>
internal sealed class Processes : IProcesses
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";
    private const string ProcessNamespace = "/proc/self/ns/pid";

    /// <summary>
    /// Linux tells a process's beginning in clock ticks since the boot, exactly (proc_pid_stat(5), field 22); .NET makes a time of day of
    /// it, which moves when the clock is set. It stands in the host's name too, because earlier versions stored that time.
    /// </summary>
    private const string CountedFromBoot = "ticks";
    private const int StartField = 22 - 3;

    /// <summary>Elsewhere it is told to within a hundredth of a second, counted from a boot time that is itself rounded.</summary>
    private static readonly long Tolerance = OperatingSystem.IsLinux() ? 0 : TimeSpan.FromSeconds(2).Ticks;

    public LeaseHolder Self { get; } = new(
        FindHost(), Environment.ProcessId, StartOf(Process.GetCurrentProcess()), RandomNumberGenerator.GetHexString(16, lowercase: true));

    public bool HasEnded(LeaseHolder process)
    {
        if (process.Host != Self.Host)
        {
            return false;
        }

        try
        {
            using var found = Process.GetProcessById(process.ProcessId);
            return found.HasExited || Math.Abs(StartOf(found) - process.Started) > Tolerance;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It ended while it was looked at, or belongs to somebody else: the lease's end will tell.
            return false;
        }
    }

    private static long StartOf(Process process) =>
        OperatingSystem.IsLinux() ? TicksSinceBoot(process.Id) : process.StartTime.ToUniversalTime().Ticks;

    private static long TicksSinceBoot(int processId)
    {
        try
        {
            // What stands in brackets is the program's name, which may hold anything.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartField], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Process {processId} can't be looked at.", exception);
        }
    }

    private static string FindHost()
    {
        var boot = File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : string.Empty;
        var space = File.Exists(ProcessNamespace) ? File.ResolveLinkTarget(ProcessNamespace, returnFinalTarget: false)?.Name : null;
        return $"{Environment.MachineName} {boot} {space} {(OperatingSystem.IsLinux() ? CountedFromBoot : null)}".TrimEnd();
    }
}
