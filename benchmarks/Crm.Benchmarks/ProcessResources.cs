using System.Globalization;

namespace Crm.Benchmarks;

/// <summary>What another process uses, as Linux tells it.</summary>
internal sealed class ProcessResources(int processId)
{
    private const double TicksPerSecond = 100;
    private const int UserTime = 11;

    /// <summary>Bytes in memory now.</summary>
    public long Resident => Read("VmRSS:");

    /// <summary>The most bytes in memory since <see cref="ForgetPeak"/>.</summary>
    public long PeakResident => Read("VmHWM:");

    public TimeSpan Processor
    {
        get
        {
            // What stands before the last bracket is the program's name, which may hold anything.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[UserTime + 1], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        }
    }

    public void ForgetPeak() => File.WriteAllText($"/proc/{processId}/clear_refs", "5");

    private long Read(string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
