using System.Buffers;
using System.Net;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>One session of one auth key: calls methods as a connection would, arguments and answers in wire format.</summary>
internal sealed class WorldClient(
    RpcRouter router,
    RecordingPublisher publisher,
    IAuthorizations authorizations,
    TimeProvider time,
    long authKeyId,
    long sessionId,
    int dc)
{
    private static readonly ClientInfo Info = new(223, 1, "Test", "1", "1.0", "en", "", "en");

    public long UserId => authorizations.FindUser(authKeyId) ?? throw new InvalidOperationException("Not signed in.");

    public void SignInAs(long userId)
    {
        authorizations.Bind(Context(), userId);
        publisher.Connect(userId, sessionId);
    }

    public void GoOffline() => publisher.Disconnect(UserId, sessionId);

    public async Task<TResult> CallAsync<TResult>(ITlFunction<TResult> function)
    {
        var request = new TlReader(TlSerializer.ToBytes(function));
        var received = (ITlFunction<TResult>)TlRegistry.ReadFunction(ref request);
        var context = Context();
        var method = router.Resolve(received, context);
        var result = await method.InvokeAsync(received, context);
        var buffer = new ArrayBufferWriter<byte>();
        method.WriteResult(received, result, buffer);
        return Decode(function, buffer.WrittenSpan);
    }

    /// <summary>The error a call is refused with: <c>400 PEER_ID_INVALID</c>.</summary>
    public async Task<string> RefusalAsync<TResult>(ITlFunction<TResult> function)
    {
        try
        {
            var result = await CallAsync(function);
            return $"answered {result}";
        }
        catch (RpcErrorException error)
        {
            return $"{error.Code} {error.Message}";
        }
    }

    public List<IUpdate> TakePushes() => publisher.Take(UserId, sessionId);

    public async Task<User> UserAsync(long userId)
    {
        var dialogs = await CallAsync(new MessagesGetDialogs { OffsetPeer = new InputPeerEmpty(), Limit = 100, OffsetDate = 0, OffsetId = 0, Hash = 0 });
        var users = dialogs switch
        {
            MessagesDialogs all => all.Users,
            MessagesDialogsSlice slice => slice.Users,
            _ => [],
        };
        return users.OfType<User>().First(user => user.Id == userId);
    }

    public async Task<IInputPeer> PeerAsync(string username)
    {
        var resolved = await CallAsync(new ContactsResolveUsername { Username = username });
        return resolved.Users is [User user, ..]
            ? new InputPeerUser { UserId = user.Id, AccessHash = user.AccessHash!.Value }
            : Peer((Channel)resolved.Chats[0]);
    }

    public static InputPeerUser Peer(User user) => new() { UserId = user.Id, AccessHash = user.AccessHash!.Value };

    public static InputPeerChannel Peer(Channel channel) => new() { ChannelId = channel.Id, AccessHash = channel.AccessHash!.Value };

    private static TResult Decode<TResult>(ITlFunction<TResult> function, ReadOnlySpan<byte> bytes)
    {
        var reader = new TlReader(bytes);
        var result = function.ReadResult(ref reader);
        reader.EnsureAtEnd();
        return result;
    }

    private RpcContext Context() => new()
    {
        AuthKeyId = authKeyId,
        SessionId = sessionId,
        MessageId = 1,
        DcId = dc,
        Client = Info,
        ClientAddress = IPAddress.Loopback,
        Time = time,
        Authorizations = authorizations,
        CancellationToken = CancellationToken.None,
    };
}
