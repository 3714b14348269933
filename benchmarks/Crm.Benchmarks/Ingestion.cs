using System.Diagnostics;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>New messages, pushed by the sandbox as fast as they are taken, into the database behind the API.</summary>
internal static class Ingestion
{
    private const int Burst = 500;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task<object> RunAsync(int accounts, int messages, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("crm-benchmark-");
        try
        {
            await using var sandbox = await SandboxProcess.StartAsync(cancellationToken, $"Operators={accounts}", "MessagesPerDialog=1");
            await using var api = await ApiServer.StartAsync(directory.FullName, sandbox.ControlUrl, cancellationToken);
            var people = await sandbox.PeopleAsync(cancellationToken);
            var operators = people.Where(person => person.Operator).Take(accounts).ToList();
            var customer = people.First(person => !person.Operator).Id;
            foreach (var one in operators)
            {
                var caller = await api.SignInAsync(one.Phone, cancellationToken);
                await caller.CallAsync("telegram_load", new { }, cancellationToken);
                await caller.CallAsync("telegram_handler", new { }, cancellationToken);
                await sandbox.WriteAsync(one.Phone, customer, "are you there?", 1, cancellationToken);
            }

            await WaitForAsync(api, operators.Count, cancellationToken);
            Console.Error.WriteLine($"{operators.Count} accounts listen; {messages} messages are written");
            return await MeasureAsync(sandbox, api, operators, customer, messages, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<object> MeasureAsync(
        SandboxProcess sandbox, ApiServer api, List<SandboxPerson> operators, long customer, int messages, CancellationToken cancellationToken)
    {
        var each = messages / operators.Count;
        var stored = Storage.CountMessages(api.DatabaseFile);
        var (processor, resident) = (api.Resources.Processor, api.Resources.Resident);
        api.Resources.ForgetPeak();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(operators.Select(async one =>
        {
            for (var written = 0; written < each; written += Burst)
            {
                await sandbox.WriteAsync(one.Phone, customer, "message {n}, as long as people write", Math.Min(Burst, each - written), cancellationToken);
            }
        }));
        var wrote = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await WaitForAsync(api, stored + (each * operators.Count), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var rows = Storage.CountMessages(api.DatabaseFile) - stored;
        return new
        {
            accounts = operators.Count,
            messages = rows,
            expected = each * operators.Count,
            messages_per_second = (long)(rows / seconds),
            written_per_second = (long)(rows / wrote),
            processor_microseconds_per_message = Math.Round((api.Resources.Processor - processor).TotalMicroseconds / rows, 1),
            peak_resident_growth_mib = (api.Resources.PeakResident - resident) >> 20,
        };
    }

    private static async Task WaitForAsync(ApiServer api, long rows, CancellationToken cancellationToken)
    {
        while (Storage.CountMessages(api.DatabaseFile) < rows)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }
}
