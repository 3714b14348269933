using System.Collections.Concurrent;
using Telegram.Sandbox.Rpc;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Support;

/// <summary>The smallest world: one person of each data centre who signs in without a word, and methods to try the server with.</summary>
internal sealed class FakeWorld(SandboxServices services) : ISandboxWorld, IRpcModule
{
    public const long UserId = 2_001;
    public const string Phone = "9996620001";

    private readonly TaskCompletionSource _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SandboxServices Services { get; } = services;

    public IReadOnlyList<IRpcModule> Modules => [this];

    public bool IsStarted { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>What was called, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Completes when a slow call was told that nobody waits for it.</summary>
    public TaskCompletionSource SlowCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a slow call has begun.</summary>
    public TaskCompletionSource SlowBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void EndSlowCall() => _slow.TrySetResult();

    public void Map(RpcRouter router)
    {
        router.Map<AuthLogOut, AuthLoggedOut>((_, context) =>
        {
            context.Authorizations.Unbind(context.AuthKeyId);
            return new AuthLoggedOut();
        });
        router.Map<AuthResetAuthorizations, bool>((_, _) => true);
        router.Map<AccountUpdateStatus, bool>((function, _) =>
        {
            Calls.Enqueue($"status {function.Offline}");
            return function.Offline;
        });
        router.Map<AuthCancelCode, bool>(SignIn, RpcAccess.Anyone);
        router.Map<HelpGetSupportName, HelpSupportName>((_, _) => new HelpSupportName { Name = new string('x', 100_000) }, RpcAccess.Anyone);
        router.Map<ContactsGetStatuses, ContactStatus[]>(WaitAsync, RpcAccess.Anyone);
        router.Map<MessagesGetDialogFilters, MessagesDialogFilters>((_, _) => Broken(), RpcAccess.Anyone);
        router.Map<AccountGetAccountTTL, AccountDaysTTL>(
            (_, context) => new AccountDaysTTL { Days = context.Client.ApiId }, RpcAccess.UserAnywhere);
    }

    public void Start() => IsStarted = true;

    public int HomeDc(long userId) => 2;

    public User Self(long userId) => new() { Id = userId, Self = true, FirstName = "Anna" };

    public long? FindUserByPhone(string phone) => phone.TrimStart('+') == Phone ? UserId : null;

    public IReadOnlyList<PersonInfo> People() =>
        [new PersonInfo(UserId, Phone, "anna", "Anna", Operator: true), new PersonInfo(5, "9996610005", null, "Boris", Operator: false)];

    public IReadOnlyList<MessageInfo> Messages(string phone, long userId) => FindUserByPhone(phone) is null || userId != 5
        ? throw new KeyNotFoundException()
        : [new MessageInfo(7, Out: true, "Hello", 1_700_000_000, 42)];

    public Task<SentMessages> SendAsPersonAsync(
        string toPhone, long fromId, string text, int count, double perSecond, CancellationToken cancellationToken)
    {
        if (FindUserByPhone(toPhone) is null)
        {
            throw new KeyNotFoundException();
        }

        if (text.Length == 0)
        {
            throw new ArgumentException("text must not be empty.", nameof(text));
        }

        Calls.Enqueue($"send {fromId} {text} {count} {perSecond}");
        return Task.FromResult(new SentMessages(count, count));
    }

    public void EditAsPerson(string toPhone, long fromId, int messageId, string text)
    {
        Find(toPhone, fromId, messageId);
        if (text.Length == 0)
        {
            throw new ArgumentException("text must not be empty.", nameof(text));
        }

        Calls.Enqueue($"edit {fromId} {messageId} {text}");
    }

    public void DeleteAsPerson(string toPhone, long fromId, int messageId)
    {
        Find(toPhone, fromId, messageId);
        Calls.Enqueue($"delete {fromId} {messageId}");
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        _slow.TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>Any phone signs the one user in; it stands for the whole of <c>auth.signIn</c>.</summary>
    private static bool SignIn(AuthCancelCode function, RpcContext context)
    {
        context.Authorizations.Bind(context, UserId);
        return true;
    }

    private void Find(string toPhone, long fromId, int messageId)
    {
        if (FindUserByPhone(toPhone) is null || fromId != 5 || messageId is not (7 or 8))
        {
            throw new KeyNotFoundException();
        }

        if (messageId == 7)
        {
            throw new ArgumentException("message_id is of a message somebody else wrote.", nameof(messageId));
        }
    }

    private static MessagesDialogFilters Broken() => throw new InvalidOperationException("broken");

    private async ValueTask<ContactStatus[]> WaitAsync(ContactsGetStatuses function, RpcContext context)
    {
        SlowBegun.TrySetResult();
        try
        {
            await _slow.Task.WaitAsync(context.CancellationToken);
            return [];
        }
        catch (OperationCanceledException)
        {
            SlowCancelled.TrySetResult();
            throw;
        }
    }
}
