using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Benchmarks;
using Microsoft.Data.Sqlite;

namespace Crm.Benchmarks;

/// <summary>A large account read over HTTP, beside a bare <c>SELECT</c> whose columns go to a socket; and small pages of one dialog.</summary>
internal static class Reading
{
    public static async Task<object> RunAsync(int messages, int rounds, CancellationToken cancellationToken)
    {
        using var place = new Workplace();
        await using (var empty = await ApiServer.StartAsync(place.Api, sandbox: null, cancellationToken))
        {
            await empty.RegisterAsync("benchmark", cancellationToken);
        }

        Report.Progress($"storing {messages} messages");
        Filler.Fill(place.DatabaseFile, 0, messages);
        await using var api = await ApiServer.StartAsync(place.Api, sandbox: null, cancellationToken);
        var caller = await api.RegisterAsync("benchmark", cancellationToken);
        return await MeasureAsync(api, place, caller, messages, rounds, cancellationToken);
    }

    private static async Task<object> MeasureAsync(
        ApiServer api, Workplace place, Caller caller, int messages, int rounds, CancellationToken cancellationToken)
    {
        var (page, _) = await Pages.MeasureAsync(caller, messages, cancellationToken);
        Report.Progress("reading it whole");
        await ReadAsync(caller, cancellationToken);
        var resident = api.Resources.Resident;
        api.Resources.ForgetPeak();
        var results = new List<(Whole Ours, double Bare)>();
        for (var round = 0; round < rounds; round++)
        {
            results.Add((await ReadAsync(caller, cancellationToken), await BareSecondsAsync(place.DatabaseFile, caller.AccountId, cancellationToken)));
            Report.Progress(FormattableString.Invariant(
                $"round {round + 1}: {messages / results[^1].Ours.Seconds:N0} beside {messages / results[^1].Bare:N0} rows/s"));
        }

        return new
        {
            messages,
            rounds,
            rows_per_second = (long)Median.Of(results, one => messages / one.Ours.Seconds),
            mib_per_second = (long)Median.Of(results, one => one.Ours.Bytes / one.Ours.Seconds) >> 20,
            bare_rows_per_second = (long)Median.Of(results, one => messages / one.Bare),
            ratio_to_bare_select = Math.Round(Median.Of(results, one => one.Bare / one.Ours.Seconds), 2),
            first_byte_ms = Math.Round(Median.Of(results, one => one.Ours.FirstByte.TotalMilliseconds), 1),
            extra_resident_mib = (api.Resources.PeakResident - resident) >> 20,
            page_p50_ms = page.P50,
            page_p99_ms = page.P99,
        };
    }

    private static async Task<Whole> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var first = TimeSpan.Zero;
        var bytes = await caller.DrainAsync(
            "get_messages/accountid_and_messenger",
            new { IdAccount = caller.AccountId },
            () => first = Stopwatch.GetElapsedTime(began),
            cancellationToken);
        return new Whole(Stopwatch.GetElapsedTime(began).TotalSeconds, first, bytes);
    }

    /// <summary>What can be had: the same columns, written as they come, to a socket that somebody reads.</summary>
    private static async Task<double> BareSecondsAsync(string file, long accountId, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var reader = new TcpClient();
        await reader.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellationToken);
        using var writer = await listener.AcceptTcpClientAsync(cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var drained = reader.GetStream().CopyToAsync(Stream.Null, cancellationToken);
        await using (var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False"))
        await using (var output = new BufferedStream(writer.GetStream(), 32 * 1024))
        {
            await connection.OpenAsync(cancellationToken);
            WriteRows(connection, accountId, output);
        }

        await drained;
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void WriteRows(SqliteConnection connection, long accountId, BufferedStream output)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT id, dialog_id, message_id, outgoing, date, text FROM messages
            WHERE account_id = @account ORDER BY dialog_id, date, message_id, id
            """;
        command.Parameters.AddWithValue("@account", accountId);
        using var rows = command.ExecuteReader();
        Span<byte> number = stackalloc byte[sizeof(long)];
        while (rows.Read())
        {
            for (var i = 0; i < 5; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(number, rows.GetInt64(i));
                output.Write(number);
            }

            output.Write(Encoding.UTF8.GetBytes(rows.GetString(5)));
        }
    }

    private sealed record Whole(double Seconds, TimeSpan FirstByte, long Bytes);
}
