namespace Telegram.Sandbox.World;

/// <summary>The world from outside: who is there, what is true, and speaking as somebody (the control port's verbs).</summary>
internal sealed class PeopleControl(WorldEngine engine, Messenger messenger, TimeProvider time)
{
    public const int MaxCount = 1_000_000;
    public const int MaxTextLength = 4096;

    public IReadOnlyList<Person> People() => engine.Read(state => state.People.All().ToArray());

    /// <summary>Everything the server holds of one dialog, oldest first.</summary>
    /// <exception cref="KeyNotFoundException">There is no such account or peer.</exception>
    public IReadOnlyList<MessageView> Messages(string phone, long markedPeer) => engine.Read(state =>
    {
        var account = Account(state, phone);
        var peer = PeerId.FromMarked(markedPeer);
        if (peer.Kind == PeerKind.User ? state.People.Find(peer.Id) is null : state.Communities.Find(peer) is null)
        {
            throw new KeyNotFoundException("No such peer.");
        }

        var history = HistoryReader.History(state, account, peer);
        return history is null
            ? (IReadOnlyList<MessageView>)[]
            : [.. Enumerable.Range(0, history.Count).Select(index => state.Views.In(peer, history[index], account)!)];
    });

    /// <summary>Writes as somebody to an operator, <paramref name="count"/> times; <c>{n}</c> in the text counts from 1. Returns the last id in the operator's box.</summary>
    /// <exception cref="KeyNotFoundException">There is no such account or person.</exception>
    /// <exception cref="ArgumentException">The text or a number is out of bounds.</exception>
    public async Task<int> SendAsync(string toPhone, long fromId, string text, int count, double perSecond, CancellationToken cancellationToken)
    {
        Check(text, count, perSecond);
        var to = engine.Read(state => Receiver(state, toPhone, fromId));
        var began = time.GetTimestamp();
        var last = 0;
        for (var number = 1; number <= count; number++)
        {
            await PaceAsync(number - 1, perSecond, began, cancellationToken);
            last = messenger.SendTo(to, new MessageDraft(fromId, PeerId.User(to), text.Replace("{n}", number.ToString(), StringComparison.Ordinal)));
        }

        return last;
    }

    /// <summary>Changes what somebody has written to an operator; the id is that of the operator's box.</summary>
    /// <exception cref="KeyNotFoundException">There is no such account, person or message.</exception>
    /// <exception cref="ArgumentException">The message is not theirs, too old, or says that already; or the text is out of bounds.</exception>
    public void Edit(string toPhone, long fromId, int messageId, string text)
    {
        CheckText(text, text.Length);
        var refusal = engine.Change(sessionId: null, change =>
        {
            var box = change.State.Boxes.Of(Receiver(change.State, toPhone, fromId));
            return MessageEditing.Apply(change, box, new MessageEdit(fromId, PeerId.User(fromId), messageId, text));
        });
        Exception? error = refusal switch
        {
            EditRefusal.None => null,
            EditRefusal.NoMessage => NoMessage(messageId),
            EditRefusal.NotItsAuthor => NotTheirs(messageId),
            EditRefusal.TooOld => new ArgumentException($"message_id {messageId} is of a message too old to be edited.", nameof(messageId)),
            _ => new ArgumentException("text is what the message says already.", nameof(text)),
        };
        if (error is not null)
        {
            throw error;
        }
    }

    /// <summary>Deletes what somebody has written to an operator, for both; the id is that of the operator's box.</summary>
    /// <exception cref="KeyNotFoundException">There is no such account, person or message.</exception>
    /// <exception cref="ArgumentException">The message is not theirs.</exception>
    public void Delete(string toPhone, long fromId, int messageId)
    {
        var box = engine.Read(state =>
        {
            var account = Receiver(state, toPhone, fromId);
            var view = state.Views.InBox(account, messageId);
            return view?.Peer != PeerId.User(fromId) ? throw NoMessage(messageId)
                : view.From != PeerId.User(fromId) ? throw NotTheirs(messageId)
                : PeerId.User(account);
        });
        if (messenger.Delete(box, [messageId], everywhere: true, sessionId: null).PtsCount == 0)
        {
            throw NoMessage(messageId);
        }
    }

    private static KeyNotFoundException NoMessage(int messageId) => new($"Message {messageId} is not in this dialog.");

    private static ArgumentException NotTheirs(int messageId) =>
        new($"message_id {messageId} is of a message somebody else wrote.", nameof(messageId));

    private static void Check(string text, int count, double perSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        if (!double.IsFinite(perSecond) || perSecond < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(perSecond), "A rate is a number of messages per second, or 0.");
        }

        CheckText(text, text.Replace("{n}", count.ToString(), StringComparison.Ordinal).Length);
    }

    private static void CheckText(string text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text) || longest > MaxTextLength || HasLoneSurrogate(text))
        {
            throw new ArgumentException($"A text has 1 to {MaxTextLength} characters of valid Unicode.", nameof(text));
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]))
            {
                return true;
            }
        }

        return false;
    }

    private static long Account(WorldState state, string phone)
    {
        var person = Phones.Normalize(phone) is { } digits ? state.People.FindByPhone(digits) : null;
        return person is not null && state.People.HasAccount(person.Id) ? person.Id : throw new KeyNotFoundException("No such account.");
    }

    private static long Receiver(WorldState state, string toPhone, long fromId)
    {
        var account = Account(state, toPhone);
        return state.People.Find(fromId) is null || fromId == account ? throw new KeyNotFoundException("No such sender.") : account;
    }

    private async Task PaceAsync(int sent, double perSecond, long began, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (perSecond > 0)
        {
            var ahead = TimeSpan.FromSeconds(sent / perSecond) - time.GetElapsedTime(began);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, time, cancellationToken);
            }
        }
        else if (sent % 256 == 255)
        {
            // Others want the world's lock and this thread too.
            await Task.Yield();
        }
    }
}
