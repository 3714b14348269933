using System.CommandLine;
using System.Globalization;
using Crm.Infrastructure.Security;

namespace Crm.Api.Commands;

/// <summary>Gives the stored secrets another key. Settings are given as to the server.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var revoke = new Option<bool>("--revoke")
        {
            Description = "Makes every older key worthless: for when a key ring was stolen. Everybody signs in again.",
        };
        var rotate = new Command("rotate", "Makes a new key and encrypts every stored secret with it. The server must be stopped.")
        {
            revoke,
        };
        rotate.TreatUnmatchedTokensAsErrors = false;
        rotate.SetAction((parsed, cancellationToken) => RotateAsync(parsed.GetValue(revoke), [.. parsed.UnmatchedTokens], cancellationToken));
        return new Command("keys", "The keys that stored secrets are encrypted with.") { rotate };
    }

    private static async Task<int> RotateAsync(bool revokes, string[] args, CancellationToken cancellationToken)
    {
        // Signals are listened to only when the caller has the task, and SQLite keeps the thread.
        await Task.Yield();
        try
        {
            return await SettingsCommand.RunAsync(args, async settings => Describe(await KeyRotation.RunAsync(
                settings.Persistence, settings.KeysDirectory, revokes, TimeProvider.System, cancellationToken)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. Secrets are under the old key or the new one, and readable; run it again.");
            return ExitCodes.Failed;
        }
        catch (DatabaseInUseException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    private static string Describe(KeyRotationReport report)
    {
        var lost = report.Unreadable == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {report.Unreadable} could not be read with any key and stay as they are.");
        return string.Create(
            CultureInfo.InvariantCulture, $"{report.Encrypted} secrets are encrypted with the new key; {report.Revoked} older keys revoked.{lost}");
    }
}
