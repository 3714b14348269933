using System.CommandLine;
using Crm.Api.Configuration;
using Crm.Api.Hosting;

namespace Crm.Api.Commands;

/// <summary>Asks the server that runs on this machine with the same settings whether it answers, where there is no other program to ask it.</summary>
internal static class HealthcheckCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var command = new Command("healthcheck", "Asks the server on this machine whether it answers.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, cancellationToken) => RunAsync([.. parsed.UnmatchedTokens], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var url = ListenAddresses.FirstLocal(ApiHost.CreateBuilder(args).Configuration);
        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var answer = await client.GetAsync(new Uri(url, "/health/live"), cancellationToken);
            return answer.IsSuccessStatusCode ? ExitCodes.Done : await FailAsync($"{url} answers {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return await FailAsync($"{url} does not answer.");
        }
    }

    private static async Task<int> FailAsync(string problem)
    {
        await Console.Error.WriteLineAsync(problem);
        return ExitCodes.Failed;
    }
}
