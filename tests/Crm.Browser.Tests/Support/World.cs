using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Telegram.Sandbox;
using Testing.Processes;

namespace Crm.Browser.Tests.Support;

/// <summary>A sandbox in this process, and the API as whoever hosts it runs it: a process of its own that really listens.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string Code = "22222";
    public const string CloudPassword = "sandbox";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static int _logins;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("crm-browser-");
    private readonly SandboxServer _sandbox;
    private readonly HttpClient _http = new();
    private ServerProcess? _api;
    private int _operators;

    private World(SandboxServer sandbox, DirectoryInfo sandboxData)
    {
        _sandbox = sandbox;
        SandboxData = sandboxData;
    }

    /// <summary>Where the page is.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    public SandboxControl Sandbox => _sandbox.Control;

    private DirectoryInfo SandboxData { get; }

    public static async Task<World> StartAsync(int operators = 40, int dialogs = 12, int messages = 60)
    {
        var data = Directory.CreateTempSubdirectory("crm-sandbox-");
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            DataDirectory = data.FullName,
            Port = 0,
            ControlPort = 0,
            Operators = operators,
            DialogsPerOperator = dialogs,
            MessagesPerDialog = messages,
            ReplyDelay = TimeSpan.FromMilliseconds(150),
            ReplyDelayMax = TimeSpan.FromMilliseconds(300),
        });
        var world = new World(sandbox, data);
        await world.StartApiAsync("http://127.0.0.1:0");
        return world;
    }

    /// <summary>Somebody who has no account yet, with a phone nobody else in this world uses. The first has no cloud password, the second has.</summary>
    public Person NewPerson()
    {
        var number = Interlocked.Increment(ref _operators);
        number = number == 1 ? 1 : number + 1;
        return PersonWith(number);
    }

    /// <summary>Somebody with the phone that has a cloud password.</summary>
    public static Person PersonWithCloudPassword() => PersonWith(2);

    /// <summary>The same, signed in to Telegram already, by the API.</summary>
    public async Task<Person> SignedInAsync(bool listens = true)
    {
        var person = NewPerson();
        await KnowAsync(person);
        await CallAsync(person, "telegram_preauth", new JsonObject { ["phone"] = person.Phone, ["password"] = "" });
        await CallAsync(person, "telegram_auth", new JsonObject { ["flag"] = false });
        await CallAsync(person, "telegram_auth", new JsonObject { ["flag"] = true, ["code"] = Code });
        if (listens)
        {
            await CallAsync(person, "telegram_handler", []);
        }

        return person;
    }

    /// <summary>Signs somebody in beside the page, so that the API can be asked on their behalf.</summary>
    public async Task KnowAsync(Person person) => person.Account = await CallAsync(null, "account_auth", new JsonObject
    {
        ["login"] = person.Login,
        ["password"] = Password,
        ["id_api"] = 1,
        ["api_hash"] = "0123456789abcdef0123456789abcdef",
    });

    /// <summary>Calls the API beside the page, as somebody.</summary>
    public async Task<JsonNode> CallAsync(Person? person, string route, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(Url, $"api/{route}"));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Accept.ParseAdd("application/json");
        if (person is not null)
        {
            request.Headers.Authorization = new("Bearer", (string)person.Account!["access_token"]!);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, $"{route}: {response.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>Customers of somebody's: people, who answer; newest dialog first.</summary>
    public async Task<(long Id, string Title)[]> CustomersAsync(Person person) =>
    [
        .. (await CallAsync(person, "telegram_load", [])).AsArray().Where(dialog => (string?)dialog!["type"] == "user")
            .OrderByDescending(dialog => (long?)dialog!["timestamp"] ?? 0)
            .Select(dialog => ((long)dialog!["id"]!, (string)dialog["title"]!)),
    ];

    /// <summary>Waits until a stored message of a dialog is as described.</summary>
    public Task UntilStoredAsync(Person person, long dialogId, Predicate<JsonNode> row) => UntilAsync(
        async () => (await CallAsync(person, $"dialogs/{dialogId}/messages"))["messages"]!.AsArray().Any(one => row(one!)), "the message is stored so");

    /// <summary>Asks again and again until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> question, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await question())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(Patience), $"waited in vain until {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Does something while Telegram is away; it is back afterwards.</summary>
    public async Task WithoutTelegramAsync(Func<Task> work)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var restart = _sandbox.RestartAsync(end.Task);
        try
        {
            await work();
        }
        finally
        {
            end.SetResult();
            await restart;
        }
    }

    /// <summary>Ends the sandbox for good.</summary>
    public ValueTask LoseTelegramAsync() => _sandbox.DisposeAsync();

    public async Task StopApiAsync()
    {
        if (_api is not null)
        {
            await _api.KillAsync();
            await _api.DisposeAsync();
            _api = null;
        }
    }

    /// <summary>Starts the API again where it was.</summary>
    public Task StartApiAgainAsync() => StartApiAsync(Url.GetLeftPart(UriPartial.Authority));

    public async ValueTask DisposeAsync()
    {
        await StopApiAsync();
        await _sandbox.DisposeAsync();
        _http.Dispose();
        _data.Delete(recursive: true);
        SandboxData.Delete(recursive: true);
    }

    private static Person PersonWith(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"operator-{Interlocked.Increment(ref _logins)}"),
        string.Create(CultureInfo.InvariantCulture, $"999662{number:0000}"));

    private async Task StartApiAsync(string url)
    {
        using var patience = new CancellationTokenSource(Patience);
        string[] arguments =
        [
            "--urls", url, "--Data:Directory", _data.FullName, "--Sandbox:Url", _sandbox.ControlUrl.ToString(),
            "--Webhooks:AllowPrivateNetworks", "true",
        ];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        (_api, var said) = await ServerProcess.StartAsync("Crm.Api.dll", arguments, "listens on", environment, patience.Token);
        Url = new Uri(said);
    }
}

/// <summary>Somebody who answers customers.</summary>
internal sealed record Person(string Login, string Phone)
{
    /// <summary>What account_auth answered; null before.</summary>
    public JsonNode? Account { get; set; }
}
