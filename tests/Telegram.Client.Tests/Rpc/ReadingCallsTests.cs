using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Rpc;

public sealed class ReadingCallsTests
{
    private static IEnumerable<ITlFunction> Reading() =>
    [
        new HelpGetConfig(), new UsersGetUsers { Id = [] }, new UpdatesGetState(), new ContactsResolveUsername { Username = "x" },
        new ContactsSearch { Q = "x", Limit = 1 },
    ];

    private static IEnumerable<ITlFunction> Writing() =>
    [
        new MessagesSendMessage { Peer = new InputPeerSelf(), Message = "x", RandomId = 1 },
        new AuthLogOut(),
        new AuthSignIn { PhoneNumber = "1", PhoneCodeHash = "2" },
        new MessagesGetBotCallbackAnswer { Peer = new InputPeerSelf(), MsgId = 1 },
        new MessagesReadHistory { Peer = new InputPeerSelf(), MaxId = 1 },
    ];

    [TestCaseSource(nameof(Reading))]
    public void Contains_WhenItOnlyReads_IsTrue(ITlFunction function) => Assert.That(ReadingCalls.Contains(function), Is.True);

    [TestCaseSource(nameof(Writing))]
    public void Contains_WhenItDoesSomething_IsFalse(ITlFunction function) => Assert.That(ReadingCalls.Contains(function), Is.False);
}
