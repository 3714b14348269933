using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Telegram.Sandbox.Tests.Support;
using Telegram.Tl.Functions;

namespace Telegram.Sandbox.Tests.Control;

[TestFixture]
public sealed class ControlPortTests
{
    private RunningSandbox _sandbox = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _http = new HttpClient { BaseAddress = _sandbox.Server.ControlUrl };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Test]
    public async Task Config_TellsLayerAndDataCentres()
    {
        var config = await GetAsync("/config");

        Assert.That(config.GetProperty("layer").GetInt32(), Is.EqualTo(223));
        Assert.That(
            config.GetProperty("data_centers").EnumerateArray().Select(one => (
                one.GetProperty("id").GetInt32(), one.GetProperty("address").GetString(), one.GetProperty("port").GetInt32())),
            Is.EqualTo(_sandbox.Server.DataCenters.Select(one => (one.Id, "127.0.0.1", one.EndPoint.Port))));
    }

    [Test]
    public async Task PublicKey_IsThePemThatIsAlsoBesideTheData()
    {
        var pem = await _http.GetStringAsync("/public-key");

        Assert.That(pem, Does.StartWith("-----BEGIN RSA PUBLIC KEY-----"));
        Assert.That(pem, Is.EqualTo(_sandbox.Server.PublicKeyPem));
    }

    [Test]
    public async Task People_AreListed()
    {
        var people = await GetAsync("/people");

        Assert.That(people.GetRawText(), Is.EqualTo(
            """[{"id":2001,"phone":"9996620001","username":"anna","first_name":"Anna","operator":true},{"id":5,"phone":"9996610005","username":null,"first_name":"Boris","operator":false}]"""));
    }

    [Test]
    public async Task Messages_OfADialog_AreListed()
    {
        var messages = await GetAsync("/messages?phone=9996620001&user_id=5");

        Assert.That(messages.GetRawText(), Is.EqualTo("""[{"message_id":7,"out":true,"text":"Hello","date":1700000000,"random_id":42}]"""));
    }

    [Test]
    public async Task Messages_WhenPosted_AreWrittenByThePerson()
    {
        var answer = await PostAsync("/messages", """{"to_phone":"9996620001","from_id":5,"text":"Hi {n}","count":3,"per_second":2.5}""");

        Assert.That(answer, Is.EqualTo((200, """{"sent":3,"last_message_id":3}""")));
        Assert.That(_sandbox.World.Calls, Is.EqualTo(new[] { "send 5 Hi {n} 3 2.5" }));
    }

    [Test]
    public async Task Stats_CountConnectionsAndCalls()
    {
        await using var client = await _sandbox.ConnectAsync();
        await client.CallAsync(new HelpGetNearestDc());

        var stats = await GetAsync("/stats");

        Assert.That(stats.GetProperty("connections").GetInt32(), Is.EqualTo(1));
        Assert.That(stats.GetProperty("sessions").GetInt32(), Is.EqualTo(1));
        Assert.That(stats.GetProperty("rpcs").GetProperty("help.getNearestDc").GetInt32(), Is.EqualTo(1));
        Assert.That(stats.GetProperty("rejected").EnumerateObject(), Is.Empty);
    }

    [TestCase("""{"kind":"drop_connections"}""")]
    [TestCase("""{"kind":"stall","seconds":0.5}""")]
    [TestCase("""{"times":2,"kind":"cut_frame"}""")]
    [TestCase("""{"kind":"skip_update","count":2}""")]
    [TestCase("""{"kind":"repeat_update"}""")]
    [TestCase("""{"kind":"flood","method":"messages.sendMessage","seconds":3,"times":2}""")]
    [TestCase("""{"kind":"flood","method":"messages.sendMessage","seconds":3,"times":2,"after":1}""")]
    [TestCase("""{"kind":"rpc_error","method":"*","code":500,"message":"INTERNAL"}""")]
    [TestCase("""{"kind":"lose_answer","method":"messages.sendMessage"}""")]
    [TestCase("""{"kind":"revoke","phone":"9996620001"}""")]
    [TestCase("""{"kind":"clock","offset_seconds":-30}""")]
    [TestCase("""{"kind":"new_salt"}""")]
    [TestCase("""{"kind":"restart","seconds":1}""")]
    public async Task Faults_OfEveryKind_AreTaken(string body) =>
        Assert.That(await PostAsync("/faults", body), Is.EqualTo((200, """{"ok":true}""")));

    [TestCase("""{"kind":"earthquake"}""", "kind")]
    [TestCase("""{"seconds":3}""", "kind")]
    [TestCase("""{"kind":"stall"}""", "seconds")]
    [TestCase("""{"kind":"stall","seconds":0}""", "seconds")]
    [TestCase("""{"kind":"stall","seconds":1e300}""", "seconds")]
    [TestCase("""{"kind":"stall","seconds":"5"}""", "seconds")]
    [TestCase("""{"kind":"cut_frame","times":0}""", "times")]
    [TestCase("""{"kind":"lose_answer","method":"messages.sendMessage","after":-1}""", "after")]
    [TestCase("""{"kind":"skip_update","count":-1}""", "count")]
    [TestCase("""{"kind":"flood","method":"messages.sendMesage","seconds":3}""", "method")]
    [TestCase("""{"kind":"flood","method":null,"seconds":3}""", "method")]
    [TestCase("""{"kind":"rpc_error","method":"*","code":418,"message":"TEAPOT"}""", "code")]
    [TestCase("""{"kind":"rpc_error","method":"*","code":400,"message":"with space"}""", "message")]
    [TestCase("""{"kind":"revoke","phone":"000"}""", "phone")]
    [TestCase("""{"kind":"clock","offset_seconds":1e12}""", "offset_seconds")]
    [TestCase("""{"kind":"restart","seconds":-1}""", "seconds")]
    [TestCase("""{"kind":""", "body")]
    [TestCase("""[]""", "body")]
    [TestCase("""null""", "body")]
    [TestCase("", "body")]
    public async Task Faults_ThatAreWrong_AreRefusedWithAWord(string body, string word)
    {
        var (status, error) = await PostAsync("/faults", body);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(JsonDocument.Parse(error).RootElement.GetProperty("error").GetString(), Does.Contain(word));
    }

    [Test]
    public async Task Faults_WhenDeleted_AreGone()
    {
        await PostAsync("/faults", """{"kind":"flood","method":"*","seconds":3}""");

        using var answer = await _http.DeleteAsync("/faults");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await using var client = await _sandbox.ConnectAsync();
        await client.CallAsync(new HelpGetNearestDc());
    }

    [TestCase("""{"to_phone":"000","from_id":5,"text":"x"}""", 404)]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"text":""}""", 400)]
    [TestCase("""{"to_phone":"9996620001","from_id":5}""", 400)]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"text":"x","count":0}""", 400)]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"text":"x","per_second":-1}""", 400)]
    [TestCase("""{"to_phone":"9996620001","from_id":"five","text":"x"}""", 400)]
    public async Task Messages_WhenPostedWrong_AreRefused(string body, int status) =>
        Assert.That((await PostAsync("/messages", body)).Status, Is.EqualTo(status));

    [Test]
    public async Task Messages_WhenPatched_AreEditedByThePerson()
    {
        var answer = await PatchAsync("""{"to_phone":"9996620001","from_id":5,"message_id":8,"text":"Hi {n} <b>"}""");

        Assert.That(answer, Is.EqualTo((200, """{"ok":true}""")));
        Assert.That(_sandbox.World.Calls, Is.EqualTo(new[] { "edit 5 8 Hi {n} <b>" }));
    }

    [TestCase("""{"to_phone":"000","from_id":5,"message_id":8,"text":"x"}""", 404, "no such")]
    [TestCase("""{"to_phone":"9996620001","from_id":6,"message_id":8,"text":"x"}""", 404, "no such")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":9,"text":"x"}""", 404, "no such")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":7,"text":"x"}""", 400, "message_id is of a message somebody else wrote.")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":8,"text":""}""", 400, "text")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":8}""", 400, "text")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"text":"x"}""", 400, "message_id")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":"8","text":"x"}""", 400, "message_id")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":8.5,"text":"x"}""", 400, "message_id")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":4294967304,"text":"x"}""", 400, "message_id")]
    [TestCase("""{"to_phone":null,"from_id":5,"message_id":8,"text":"x"}""", 400, "to_phone")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":8,"text":["x"]}""", 400, "text")]
    [TestCase("""{"to_phone":"9996620001","from_id":5,"message_id":8,"text":"\ud83d"}""", 400, "text")]
    [TestCase("""[8]""", 400, "body")]
    [TestCase("", 400, "body")]
    public async Task Messages_WhenPatchedWrong_AreRefusedWithAWord(string body, int status, string word)
    {
        var (answered, error) = await PatchAsync(body);

        Assert.That(answered, Is.EqualTo(status));
        Assert.That(JsonDocument.Parse(error).RootElement.GetProperty("error").GetString(), Does.Contain(word));
        Assert.That(_sandbox.World.Calls, Is.Empty);
    }

    [Test]
    public async Task Messages_WhenDeleted_AreDeletedByThePerson()
    {
        using var answer = await _http.DeleteAsync("/messages?to_phone=9996620001&from_id=5&message_id=8");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("""{"ok":true}"""));
        Assert.That(_sandbox.World.Calls, Is.EqualTo(new[] { "delete 5 8" }));
    }

    [TestCase("", 400, "to_phone")]
    [TestCase("?to_phone=9996620001&from_id=5", 400, "message_id")]
    [TestCase("?to_phone=9996620001&message_id=8", 400, "from_id")]
    [TestCase("?to_phone=9996620001&from_id=5&message_id=8&message_id=9", 400, "message_id")]
    [TestCase("?to_phone=9996620001&from_id=five&message_id=8", 400, "from_id")]
    [TestCase("?to_phone=9996620001&from_id=5&message_id=8.5", 400, "message_id")]
    [TestCase("?to_phone=9996620001&from_id=5&message_id=4294967304", 400, "message_id")]
    [TestCase("?to_phone=9996620001&from_id=5&message_id=7", 400, "somebody else")]
    [TestCase("?to_phone=000&from_id=5&message_id=8", 404, "no such")]
    [TestCase("?to_phone=9996620001&from_id=6&message_id=8", 404, "no such")]
    [TestCase("?to_phone=9996620001&from_id=5&message_id=9", 404, "no such")]
    public async Task Messages_WhenDeletedWrong_AreRefusedWithAWord(string query, int status, string word)
    {
        using var answer = await _http.DeleteAsync($"/messages{query}");

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), Does.Contain(word));
        Assert.That(_sandbox.World.Calls, Is.Empty);
    }

    [TestCase("/messages", 400)]
    [TestCase("/messages?phone=9996620001", 400)]
    [TestCase("/messages?phone=9996620001&user_id=abc", 400)]
    [TestCase("/messages?phone=9996620001&user_id=6", 404)]
    [TestCase("/nowhere", 404)]
    [TestCase("/faults", 405)]
    public async Task Get_WhenWrong_IsAnsweredInJson(string path, int status)
    {
        using var answer = await _http.GetAsync(path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task Post_WithAnEndlessBody_IsRefused()
    {
        var (status, _) = await PostAsync("/faults", $$"""{"kind":"{{new string('x', 100_000)}}"}""");

        Assert.That(status, Is.EqualTo(413));
    }

    [Test]
    public async Task Post_WithAnotherContentType_IsRefused()
    {
        using var content = new StringContent("""{"kind":"new_salt"}""", Encoding.UTF8, "text/plain");
        using var answer = await _http.PostAsync("/faults", content);

        Assert.That((int)answer.StatusCode, Is.EqualTo(415));
    }

    [Test]
    public async Task Request_ForAnotherHost_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/people");
        request.Headers.Host = "attacker.example";
        using var answer = await _http.SendAsync(request);

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<(int Status, string Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    private Task<(int Status, string Body)> PatchAsync(string body) => SendAsync(HttpMethod.Patch, "/messages", body);

    private async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
