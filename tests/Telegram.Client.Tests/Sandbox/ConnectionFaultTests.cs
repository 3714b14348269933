using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Sandbox;

/// <summary>Whatever happens to connections, clocks, salts and pushes: nothing is lost, nothing comes twice, and calls end in an answer.</summary>
public sealed class ConnectionFaultTests : SandboxFixture
{
    private string _phone = string.Empty;
    private TelegramClient _client = null!;
    private UpdateListener _listener = null!;

    [SetUp]
    public async Task SignInAsync()
    {
        _phone = NextPhone();
        _client = await SignInAsync(_phone);
        _listener = await UpdateListener.StartAsync(_client, Customer.Id);
    }

    [TearDown]
    public async Task CloseAsync() => await _client.DisposeAsync();

    [Test]
    public async Task DropConnections_InTheMiddleOfTraffic_LosesNothing()
    {
        for (var drop = 1; drop <= 5; drop++)
        {
            await WriteAsync(_phone, "Before a drop {n}", count: 30);
            Control.DropConnections();
            await WriteAsync(_phone, "After a drop {n}", count: 30);
            await AskAsync();
        }

        await AssertHeardAsync(300);
    }

    [Test]
    public async Task CutFrame_OfWhateverComesNext_LosesNothing()
    {
        for (var cut = 1; cut <= 5; cut++)
        {
            Control.CutFrame();
            await WriteAsync(_phone, "Message {n}", count: 20);
            await AskAsync();
        }

        await AssertHeardAsync(100);
    }

    [Test]
    public async Task Stall_OfAWhile_DelaysAnswersAndPushesOnly()
    {
        Control.Stall(TimeSpan.FromMilliseconds(300));
        var call = AskAsync();
        await WriteAsync(_phone, "Message {n}", count: 10);

        await call;
        await AssertHeardAsync(10);
    }

    [TestCase(1)]
    [TestCase(7)]
    public async Task SkipUpdate_OfSome_IsFilledByTheDifference(int skipped)
    {
        Control.SkipUpdate(skipped);
        await WriteAsync(_phone, "Message {n}", count: 20);

        await AssertHeardAsync(20);
    }

    [Test]
    public async Task RepeatUpdate_OfSome_IsToldOnce()
    {
        Control.RepeatUpdate(10);
        await WriteAsync(_phone, "Message {n}", count: 20);
        await _listener.UntilAsync(20);
        await WriteAsync(_phone, "The last");

        await AssertHeardAsync(21);
    }

    [TestCase(7200)]
    [TestCase(-7200)]
    public async Task Clock_WhenTheServersJumps_IsFollowed(int seconds)
    {
        Control.ShiftClock(TimeSpan.FromSeconds(seconds));
        await AskAsync();
        Control.ShiftClock(TimeSpan.Zero);
        await AskAsync();

        await WriteAsync(_phone, "Message {n}", count: 5);
        await _listener.UntilAsync(5);
    }

    [Test]
    public async Task NewSalt_WhenOldOnesAreRefused_IsTaken()
    {
        for (var times = 1; times <= 3; times++)
        {
            Control.NewSalt();
            await AskAsync();
            await WriteAsync(_phone, "Message {n}", count: 5);
        }

        await AssertHeardAsync(15);
        Assert.That(Control.Stats().Rejected, Contains.Key("bad_msg_48"));
    }

    [Test]
    public async Task Restart_WithNoSessionLeft_IsFollowedByTheDifference()
    {
        await WriteAsync(_phone, "Before {n}", count: 10);
        var restart = Control.RestartAsync(TimeSpan.FromMilliseconds(100));
        await WriteAsync(_phone, "Meanwhile {n}", count: 10);
        var call = AskAsync();
        await restart;
        await WriteAsync(_phone, "After {n}", count: 10);

        await call;
        await AssertHeardAsync(30);
    }

    private Task<NearestDc> AskAsync() => _client.InvokeAsync(new HelpGetNearestDc());

    private async Task AssertHeardAsync(int count)
    {
        await _listener.UntilAsync(count);
        Assert.That(_listener.Messages, Has.Count.EqualTo(count));
        _listener.AssertEqualsTruth(Control, _phone);
        Assert.That(_listener.Gaps, Is.Empty);
    }
}
