using Crm.Domain.Connections;

namespace Crm.Domain.Tests.Connections;

public sealed class ConnectionTests
{
    private const string Legal = """
        Disconnected     AwaitCode     CodeRequired
        CodeRequired     AwaitCode     CodeRequired
        PasswordRequired AwaitCode     CodeRequired
        Revoked          AwaitCode     CodeRequired
        CodeRequired     AwaitPassword PasswordRequired
        PasswordRequired AwaitPassword PasswordRequired
        Disconnected     Authorize     Authorized
        CodeRequired     Authorize     Authorized
        PasswordRequired Authorize     Authorized
        Authorized       Authorize     Authorized
        Authorized       Revoke        Revoked
        Revoked          Revoke        Revoked
        Disconnected     Disconnect    Disconnected
        CodeRequired     Disconnect    Disconnected
        PasswordRequired Disconnect    Disconnected
        Revoked          Disconnect    Disconnected
        Authorized       Listen        Authorized
        """;

    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly PendingCode Code = new("hash", "sms", 5, null, 60, Now);

    private static readonly Dictionary<string, Func<Connection, Result<Connection>>> Transitions = new(StringComparer.Ordinal)
    {
        ["AwaitCode"] = connection => connection.AwaitCode(Code),
        ["AwaitPassword"] = connection => connection.AwaitPassword(),
        ["Authorize"] = connection => connection.Authorize(42),
        ["Revoke"] = connection => connection.Revoke(),
        ["Disconnect"] = connection => connection.Disconnect(),
        ["Listen"] = connection => connection.Listen(Now),
    };

    private static IEnumerable<TestCaseData> EveryTransition() =>
        from status in Enum.GetValues<ConnectionStatus>()
        from transition in Transitions.Keys
        select new TestCaseData(status, transition);

    [TestCaseSource(nameof(EveryTransition))]
    public void Transition_FromEveryStatus_IsLegalOrRefused(ConnectionStatus status, string transition)
    {
        var legal = Legal.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(line => line[0] == status.ToString() && line[1] == transition);
        var connection = In(status);

        var result = Transitions[transition](connection);

        Assert.That(result.IsSuccess, Is.EqualTo(legal is not null));
        if (legal is not null)
        {
            Assert.That(result.Value.Status.ToString(), Is.EqualTo(legal[2]));
        }
        else
        {
            Assert.That((result.Error!.Code, result.Error.Category), Is.EqualTo(("telegram.state_conflict", ErrorCategory.Conflict)));
        }

        Assert.That(connection, Is.EqualTo(In(status)));
    }

    [Test]
    public void AwaitCode_WhenOneIsPending_TakesTheNewOne()
    {
        var newer = Code with { PhoneCodeHash = "newer" };

        Assert.That(In(ConnectionStatus.CodeRequired).AwaitCode(newer).Value.PendingCode, Is.EqualTo(newer));
    }

    [Test]
    public void Authorize_WhenACodeWasPending_DropsItAndKeepsTheUser()
    {
        var authorized = In(ConnectionStatus.CodeRequired).Authorize(42).Value;

        Assert.That(authorized.PendingCode, Is.Null);
        Assert.That(authorized.TelegramUserId, Is.EqualTo(42));
    }

    [Test]
    public void Revoke_WhenItListened_StopsListeningAndKeepsTheUser()
    {
        var revoked = In(ConnectionStatus.Authorized).Listen(Now).Value.Revoke().Value;

        Assert.That(revoked.IsListening, Is.False);
        Assert.That(revoked.TelegramUserId, Is.EqualTo(7));
    }

    [Test]
    public void Listen_WhenItListensAlready_KeepsItsBeginning()
    {
        var listening = In(ConnectionStatus.Authorized).Listen(Now).Value;

        Assert.That(listening.Listen(Now.AddHours(1)).Value.ListeningSince, Is.EqualTo(Now));
        Assert.That(listening.StopListening().IsListening, Is.False);
    }

    private static Connection In(ConnectionStatus status) => new()
    {
        Id = 1,
        AccountId = 2,
        ApiId = 3,
        ApiHash = "hash",
        Status = status,
        PendingCode = status is ConnectionStatus.CodeRequired ? Code : null,
        TelegramUserId = status is ConnectionStatus.Authorized or ConnectionStatus.Revoked ? 7 : null,
    };
}
