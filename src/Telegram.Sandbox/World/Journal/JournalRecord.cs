using System.Text.Json.Serialization;

namespace Telegram.Sandbox.World;

/// <summary>Something that changed the world. Applying all of them in order makes the same world again.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(WorldCreated), "created")]
[JsonDerivedType(typeof(MessageSent), "message")]
[JsonDerivedType(typeof(MessageChanged), "edit")]
[JsonDerivedType(typeof(MessagesRemoved), "delete")]
[JsonDerivedType(typeof(HistoryRead), "read")]
[JsonDerivedType(typeof(DialogPinned), "pin")]
[JsonDerivedType(typeof(PersonChanged), "person")]
[JsonDerivedType(typeof(ContactChanged), "contact")]
[JsonDerivedType(typeof(CodeSent), "code")]
[JsonDerivedType(typeof(CodeTried), "code_tried")]
[JsonDerivedType(typeof(CodeEnded), "code_ended")]
[JsonDerivedType(typeof(PasswordAwaited), "password_awaited")]
internal abstract record JournalRecord;

/// <summary>The first record: what the computed part of the world depends on.</summary>
internal sealed record WorldCreated(int Version, WorldSize Size, DateTimeOffset Epoch, long Secret) : JournalRecord;

/// <summary>Peers are written in the marked form; <see cref="Answers"/> is the number of the message a customer replies to.</summary>
internal sealed record MessageSent(long From, long To, int Date, string Text) : JournalRecord
{
    public byte[]? Entities { get; init; }

    public long RandomId { get; init; }

    public int ReplyTo { get; init; }

    public long Answers { get; init; }
}

internal sealed record MessageChanged(long Box, int Id, int Date, string Text, byte[]? Entities) : JournalRecord;

internal sealed record MessagesRemoved(long Box, int[] Ids, bool Everywhere, int Date) : JournalRecord;

internal sealed record HistoryRead(long User, long Peer, int MaxId, int Date) : JournalRecord;

internal sealed record DialogPinned(long User, long Peer, bool Pinned) : JournalRecord;

internal sealed record PersonChanged(long Id, string? Username, string FirstName, string? LastName, string About) : JournalRecord;

internal sealed record ContactChanged(long User, long Other, bool Listed, string FirstName, string? LastName) : JournalRecord;

internal sealed record CodeSent(string Phone, string Hash, CodeChannel Channel, DateTimeOffset Expires) : JournalRecord;

internal sealed record CodeTried(string Hash, bool Right) : JournalRecord;

internal sealed record CodeEnded(string Hash) : JournalRecord;

/// <summary>The code of a sign-in was right and the cloud password is awaited; user 0: no longer.</summary>
internal sealed record PasswordAwaited(long AuthKeyId, long User, string Hash) : JournalRecord;
