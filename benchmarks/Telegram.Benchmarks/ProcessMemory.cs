using System.Globalization;
using System.Runtime;

namespace Telegram.Benchmarks;

/// <summary>This process's memory in bytes, after a full collection.</summary>
internal sealed record ProcessMemory(long Resident, long Managed)
{
    public static ProcessMemory Now()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return new ProcessMemory(Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>What the kernel holds for all TCP sockets of the machine; 0 where it does not say.</summary>
    public static long KernelSocketBytes()
    {
        const string file = "/proc/net/sockstat";
        if (!File.Exists(file))
        {
            return 0;
        }

        var tcp = File.ReadLines(file).First(line => line.StartsWith("TCP:", StringComparison.Ordinal)).Split(' ');
        return long.Parse(tcp[^1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
