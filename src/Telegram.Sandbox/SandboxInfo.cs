using System.Net;
using Telegram.Mtproto.Proxies;

namespace Telegram.Sandbox;

/// <summary>One data centre of the sandbox.</summary>
/// <param name="Id">Its number, 1 to 3.</param>
/// <param name="EndPoint">Where it listens.</param>
public sealed record SandboxDataCenter(int Id, IPEndPoint EndPoint);

/// <summary>The sandbox's MTProxy.</summary>
/// <param name="EndPoint">Where it listens.</param>
/// <param name="Secrets">What lets clients in; any of them, in the way it demands.</param>
public sealed record SandboxProxy(IPEndPoint EndPoint, IReadOnlyList<ProxySecret> Secrets)
{
    /// <summary>The links by which Telegram's own applications take over a proxy, one for each secret.</summary>
    public IEnumerable<string> Links() =>
        Secrets.Select(secret => $"tg://proxy?server={EndPoint.Address}&port={EndPoint.Port}&secret={secret.Reveal()}");
}

/// <summary>A person of the sandbox.</summary>
/// <param name="Id">The Telegram user id.</param>
/// <param name="Phone">Digits, without a plus.</param>
/// <param name="Username">Without an @.</param>
/// <param name="FirstName">The first name.</param>
/// <param name="Operator">Whether this is an account one can sign in to.</param>
public sealed record PersonInfo(long Id, string Phone, string? Username, string FirstName, bool Operator);

/// <summary>A message as the server holds it.</summary>
/// <param name="MessageId">Its id in the mailbox of the owner of the dialog.</param>
/// <param name="Out">Whether the owner wrote it.</param>
/// <param name="Text">Its text, or caption.</param>
/// <param name="Date">Unix seconds.</param>
/// <param name="RandomId">What the sending client called it by; 0 when nobody did.</param>
public sealed record MessageInfo(int MessageId, bool Out, string Text, long Date, long RandomId);

/// <summary>What came of letting a person write.</summary>
/// <param name="Sent">How many messages were written.</param>
/// <param name="LastMessageId">The id of the last one in the operator's mailbox.</param>
public sealed record SentMessages(int Sent, int LastMessageId);
