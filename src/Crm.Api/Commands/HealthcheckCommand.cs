using System.CommandLine;
using Crm.Api.Configuration;
using Crm.Api.Hosting;

namespace Crm.Api.Commands;

/// <summary>Asks the server that runs on this machine with the same settings whether it answers, where there is no other program to ask it.</summary>
internal static class HealthcheckCommand
{
    private const int LowestError = 400;

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
        using var client = new HttpClient(CreateHandler()) { Timeout = Timeout };
        try
        {
            using var answer = await client.GetAsync(new Uri(url, "/health/live"), cancellationToken);
            return (int)answer.StatusCode < LowestError ? ExitCodes.Done : await FailAsync($"{url} answers {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return await FailAsync($"{url} does not answer.");
        }
    }

    /// <summary>No proxy that the environment names is asked, and one that sends plain HTTP to TLS answers.</summary>
    private static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        SslOptions =
        {
#pragma warning disable CA5359 // The certificate is of the server's public name; this machine is asked for a status, and sent nothing.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        },
    };

    private static async Task<int> FailAsync(string problem)
    {
        await Console.Error.WriteLineAsync(problem);
        return ExitCodes.Failed;
    }
}
