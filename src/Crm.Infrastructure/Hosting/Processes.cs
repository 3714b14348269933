using System.ComponentModel;
using System.Diagnostics;
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

    /// <summary>A process's beginning is told to within a hundredth of a second, counted from a boot time that is itself rounded.</summary>
    private static readonly long Tolerance = TimeSpan.FromSeconds(2).Ticks;

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

    private static long StartOf(Process process) => process.StartTime.ToUniversalTime().Ticks;

    private static string FindHost()
    {
        var boot = File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : string.Empty;
        var space = File.Exists(ProcessNamespace) ? File.ResolveLinkTarget(ProcessNamespace, returnFinalTarget: false)?.Name : null;
        return $"{Environment.MachineName} {boot} {space}".TrimEnd();
    }
}
