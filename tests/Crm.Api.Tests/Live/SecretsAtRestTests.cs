using System.Text;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Crm.Api.Tests.Live;

/// <summary>Everything that uses a secret is done once; then neither the database nor any line of the log, however small, holds one.</summary>
[TestFixture]
internal sealed class SecretsAtRestTests
{
    private const string Password = "crm-password-7Kq2";
    private const string NewPassword = "crm-password-9Zx4";
    private const string WrongPassword = "wrong-password-3Lm8";
    private const string ApiHash = "abcdef0123456789abcdef0123456789";
    private const string WebhookSecret = "whsec_5Gh1Jk9QpLm2Vb7";
    private const string Outgoing = "outgoing-text-4Tr6";
    private const string InQuery = "token-in-a-query-2Df8";
    private const string Incoming = "incoming-text-8Yu3";

    [TestCase(false)]
    [TestCase(true)]
    public async Task Files_WhenEverythingWasDone_HoldNoSecret(bool isJson)
    {
        await using var world = await LiveWorld.StartAsync();
        using ILoggerProvider log = isJson ? new JsonLogCapture() : new LogCapture();
        await world.RestartApiAsync(log);
        world.Data.RequireSqlite("it reads the database's file");
        var secrets = await DoEverythingAsync(world);
        await world.StopApiAsync();

        var lines = log.ToString()!;
        Assert.That(lines, Does.Contain("telegram_send").And.Contain("Microsoft.AspNetCore.Mvc.ModelBinding"), "the log is at its most talkative");
        var stored = await ReadAllAsync(world.DataDirectory);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, secret) in secrets)
            {
                Assert.That(lines, Does.Not.Contain(secret), $"{name} in the log");
                Assert.That(stored, Does.Not.Contain(secret), $"{name} in a file");
            }

            Assert.That(lines, Does.Not.Contain(Outgoing).And.Not.Contain(Incoming).And.Not.Contain(InQuery));
            Assert.That(lines, Does.Not.Contain(Operator.Phone(2)), "the phone in the log");
            Assert.That(stored, Does.Contain(Outgoing), "messages are kept, so the files were read");
        }
    }

    private static async Task<Dictionary<string, string>> DoEverythingAsync(LiveWorld world)
    {
        var credentials = new JsonObject { ["login"] = "anna", ["password"] = WrongPassword, ["id_api"] = 1, ["api_hash"] = ApiHash };
        credentials["password"] = Password;
        var tokens = (await world.Client.PostAsync(Routes.AccountAuth, credentials.DeepClone())).Ok();
        credentials["password"] = WrongPassword;
        await world.Client.PostAsync(Routes.AccountAuth, credentials.DeepClone());
        var anna = new Operator(world, (string)tokens["access_token"]!, (long)tokens["id_account"]!);
        await anna.PrepareAsync(Operator.Phone(2), Operator.CloudPassword);
        await anna.AskForCodeAsync();
        (await anna.EnterCodeAsync(Operator.Code)).Ok();
        var customer = (await anna.CustomersAsync())[0];
        await anna.ListenForSureAsync(Operator.Phone(2), customer);
        await world.Sandbox.Control.SendAsync(Operator.Phone(2), customer, Incoming);
        await anna.WaitForAsync(customer, row => (string?)row["message"] == Incoming, "the incoming message");
        (await anna.SendAsync(customer, Outgoing)).Ok();
        await anna.HistoryAsync(customer);
        await anna.PostAsync("webhooks", new JsonObject { ["url"] = "http://127.0.0.1:9/x", ["secret"] = WebhookSecret });
        var key = await anna.PostAsync("api_keys", new JsonObject { ["name"] = "x", ["scopes"] = new JsonArray("read") });
        await anna.GetAsync($"limits?access_token={InQuery}");
        await world.Client.GetStringAsync($"/health/live?token={InQuery}");
        var changed = (await anna.PostAsync("account_password", new JsonObject { ["password"] = Password, ["new_password"] = NewPassword })).Ok();
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["password"] = Password,
            ["new password"] = NewPassword,
            ["wrong password"] = WrongPassword,
            ["api_hash"] = ApiHash,
            ["access token"] = (string)tokens["access_token"]!,
            ["refresh token"] = (string)tokens["refresh_token"]!,
            ["new access token"] = (string)changed["access_token"]!,
            ["API key"] = (string)key.Json["key"]!,
            ["webhook secret"] = WebhookSecret,
        };
    }

    private static async Task<string> ReadAllAsync(string directory)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(directory, "crm.db*", SearchOption.AllDirectories))
        {
            try
            {
                text.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
            }
            catch (FileNotFoundException)
            {
                // SQLite has just emptied its log into the database.
            }
        }

        return text.ToString();
    }
}
