using System.Globalization;
using Crm.Infrastructure.Persistence.Transfer;

namespace Crm.Api.Commands;

/// <summary>Tells how far it is, at most once a second.</summary>
internal sealed class TransferConsole(TextWriter writer, TimeProvider time) : IProgress<TransferProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private long _told = time.GetTimestamp();

    public void Report(TransferProgress value)
    {
        if (time.GetElapsedTime(_told) >= Interval)
        {
            _told = time.GetTimestamp();
            writer.WriteLine(Invariant($"{value.Table}: {value.Rows} of {value.Total} rows; {value.Moved} rows in all, {Rate(value.Moved)} rows/s"));
        }
    }

    public void Finish(string done, TransferReport report)
    {
        if (report.WasComplete)
        {
            writer.WriteLine("It was complete already: nothing is left to do.");
            return;
        }

        foreach (var (table, rows) in report.Rows.Where(table => table.Value > 0))
        {
            writer.WriteLine(Invariant($"{table}: {rows} rows"));
        }

        var all = report.Rows.Values.Sum();
        writer.WriteLine(Invariant($"{all} rows {done} and checked, {report.Moved} of them in this run, {Rate(report.Moved)} rows/s"));
    }

    private long Rate(long rows) => (long)(rows / Math.Max(time.GetElapsedTime(_started).TotalSeconds, 0.001));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
