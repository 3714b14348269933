using System.Collections.Concurrent;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using Crm.Domain.Dialogs;

namespace Crm.Application.Tests;

/// <summary>A Telegram in memory behind the gateway's port: enough of its rules to tell right use from wrong.</summary>
internal sealed class FakeTelegram : ITelegramGateway
{
    public const string Code = "02222";
    public const string Customer = "customer";

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<long, long> _signedIn = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Error>> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<TelegramMessage>> _history = [];
    private readonly Dictionary<long, SentMessage> _sent = [];
    private int _codesSent;
    private int _nextMessageId = 1000;

    /// <summary>The account's cloud password; null for none.</summary>
    public string? CloudPassword { get; set; }

    /// <summary>Every call fails with this while it is set.</summary>
    public Error? Down { get; set; }

    /// <summary>Whom it tells of a session's end; the real gateway does so before it answers.</summary>
    public ISessionMonitor? Monitor { get; set; }

    public int? CodeTimeout { get; set; } = 60;

    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentDictionary<long, bool> Listening { get; } = new();

    public List<TelegramDialog> Dialogs { get; } =
    [
        new(new TelegramPeer(100, DialogType.User, "Anna", "anna", "79990000001", 11), 2, new TelegramMessage(100, 9, false, "hi", 1_700_000_009)),
        new(new TelegramPeer(-200, DialogType.Group, "Sales", null, null, null), 0, null),
    ];

    /// <summary>Runs when a message has been taken and before its answer leaves.</summary>
    public Func<Task>? OnSent { get; set; }

    /// <summary>Told of each call before it is answered; what it throws, the caller meets.</summary>
    public Action<string>? OnCall { get; set; }

    /// <summary>Runs before a page of history is answered.</summary>
    public Func<int, Task>? OnHistory { get; set; }

    public IReadOnlyList<TelegramMessage> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _history.Values.SelectMany(messages => messages).Where(message => message.Outgoing)];
            }
        }
    }

    /// <summary>The next call of the method fails with this.</summary>
    public void Fail(string method, Error error) => _faults.GetOrAdd(method, _ => new ConcurrentQueue<Error>()).Enqueue(error);

    public void SignInAs(long connectionId, long userId = 7) => _signedIn[connectionId] = userId;

    public void SignOut(long connectionId) => _signedIn.TryRemove(connectionId, out _);

    public int Count(string method) => Calls.Count(call => call.Split(' ')[0] == method);

    public void AddHistory(long dialogId, IEnumerable<int> ids)
    {
        lock (_lock)
        {
            var messages = History(dialogId);
            messages.AddRange(ids.Select(id => new TelegramMessage(dialogId, id, false, $"{Customer} {id}", 1_600_000_000 + id)));
        }
    }

    public Task<Result<TelegramUser?>> ConnectAsync(Connection connection, CancellationToken cancellationToken) => AnswerAsync(
        connection, nameof(ConnectAsync), () => Result.Success(_signedIn.TryGetValue(connection.Id, out var id) ? User(id) : null));

    public Task<Result<SentCode>> SendCodeAsync(Connection connection, CancellationToken cancellationToken) =>
        AnswerAsync<SentCode>(connection, nameof(SendCodeAsync), () => NewCode("app", "sms"));

    public Task<Result<SentCode>> ResendCodeAsync(Connection connection, string phoneCodeHash, CancellationToken cancellationToken) =>
        AnswerAsync<SentCode>(
            connection, nameof(ResendCodeAsync), () => phoneCodeHash == CurrentHash ? NewCode("sms", null) : TelegramErrors.CodeExpired);

    public Task<Result<SignInOutcome>> SignInAsync(
        Connection connection, string phoneCodeHash, string code, CancellationToken cancellationToken) =>
        AnswerAsync<SignInOutcome>(connection, nameof(SignInAsync), () =>
        {
            if (phoneCodeHash != CurrentHash || code != Code)
            {
                return TelegramErrors.CodeInvalid;
            }

            return CloudPassword is null ? SignInOutcome.Authorized(SignedIn(connection)) : SignInOutcome.PasswordRequired;
        });

    public Task<Result<TelegramUser>> CheckPasswordAsync(Connection connection, string cloudPassword, CancellationToken cancellationToken) =>
        AnswerAsync<TelegramUser>(
            connection, nameof(CheckPasswordAsync), () => cloudPassword == CloudPassword ? SignedIn(connection) : TelegramErrors.PasswordInvalid);

    public async Task<Result> SignOutAsync(Connection connection, CancellationToken cancellationToken)
    {
        var signedOut = await AnswerAsync(connection, nameof(SignOutAsync), () => Result.Success(_signedIn.TryRemove(connection.Id, out _)));
        return signedOut.IsSuccess ? Result.Success() : signedOut.Error;
    }

    public Task<Result<IReadOnlyList<TelegramDialog>>> GetDialogsAsync(Connection connection, CancellationToken cancellationToken) =>
        AnswerAsync(connection, nameof(GetDialogsAsync), () => Result.Success<IReadOnlyList<TelegramDialog>>([.. Dialogs]));

    public async Task<Result<HistoryPage>> GetHistoryAsync(
        Connection connection, DialogPeer peer, HistorySlice slice, int limit, CancellationToken cancellationToken)
    {
        if (OnHistory is { } hook)
        {
            await hook(slice.BelowId).WaitAsync(cancellationToken);
        }

        var above = slice.AboveId > 0 ? $" above {slice.AboveId}" : "";
        return await AnswerAsync<HistoryPage>(connection, $"{nameof(GetHistoryAsync)} {slice.BelowId}{above}", () =>
        {
            lock (_lock)
            {
                var history = History(peer.DialogId);
                var older = history
                    .Where(message => slice.BelowId == 0 || message.MessageId < slice.BelowId)
                    .OrderByDescending(message => message.MessageId)
                    .ToList();
                var page = older.Take(limit).Where(message => message.MessageId > slice.AboveId).ToList();
                var left = older.Count - Math.Min(limit, older.Count);
                return new HistoryPage(
                    page, [], page.Count == 0 ? null : page[^1].MessageId, page.Count == 0 || (slice.AboveId == 0 && left == 0))
                {
                    HighestId = page.Count == 0 ? null : page[0].MessageId,
                    Total = history.Count,
                    Older = slice.AboveId == 0 ? left : null,
                };
            }
        });
    }

    public async Task<Result<SentMessage>> SendMessageAsync(
        Connection connection, DialogPeer peer, string text, long randomId, CancellationToken cancellationToken)
    {
        var sent = await AnswerAsync<SentMessage>(connection, $"{nameof(SendMessageAsync)} {randomId}", () => Take(peer, text, randomId));
        if (sent.IsSuccess && OnSent is { } hook)
        {
            await hook();
        }

        return sent;
    }

    public Task<Result<bool>> ReadHistoryAsync(
        Connection connection, DialogPeer peer, int upToMessageId, CancellationToken cancellationToken) =>
        AnswerAsync(connection, $"{nameof(ReadHistoryAsync)} {upToMessageId}", () => Result.Success(true));

    public async Task<Result> StartListeningAsync(Connection connection, CancellationToken cancellationToken)
    {
        var started = await AnswerAsync(connection, nameof(StartListeningAsync), () => Result.Success(Listening[connection.Id] = true));
        return started.IsSuccess ? Result.Success() : started.Error;
    }

    public Task StopListeningAsync(long connectionId, CancellationToken cancellationToken)
    {
        Listening.TryRemove(connectionId, out _);
        return Task.CompletedTask;
    }

    private string CurrentHash => $"hash-{_codesSent}";

    private static TelegramUser User(long id) => new() { Id = id, Username = "operator", FirstName = "Olga" };

    private List<TelegramMessage> History(long dialogId) =>
        _history.TryGetValue(dialogId, out var messages) ? messages : _history[dialogId] = [];

    private TelegramUser SignedIn(Connection connection)
    {
        SignInAs(connection.Id);
        return User(7);
    }

    private SentCode NewCode(string type, string? nextType)
    {
        _codesSent++;
        return new SentCode(CurrentHash, type, Code.Length, nextType, CodeTimeout);
    }

    private SentMessage Take(DialogPeer peer, string text, long randomId)
    {
        lock (_lock)
        {
            if (!_sent.TryGetValue(randomId, out var sent))
            {
                _sent[randomId] = sent = new SentMessage(_nextMessageId++, 1_700_000_500);
                History(peer.DialogId).Add(new TelegramMessage(peer.DialogId, sent.MessageId, true, text, sent.Date));
            }

            return sent;
        }
    }

    private async Task<Result<T>> AnswerAsync<T>(Connection connection, string call, Func<Result<T>> answer)
    {
        Calls.Enqueue(call);
        OnCall?.Invoke(call);
        var fault = _faults.TryGetValue(call.Split(' ')[0], out var faults) && faults.TryDequeue(out var error) ? error : null;
        if ((Down ?? fault) is not { } refusal)
        {
            return answer();
        }

        if (Monitor is not null && TelegramErrors.EndsSession(refusal))
        {
            await Monitor.SessionEndedAsync(connection.Id, connection.SessionNumber, default);
        }

        return refusal;
    }
}
