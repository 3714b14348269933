namespace Telegram.Sandbox.World;

/// <summary>All that is true in the world at one moment; changed by journal records only, and only under the world's lock.</summary>
internal sealed class WorldState
{
    public WorldState(WorldShape shape)
    {
        Shape = shape;
        People = new Population(shape.Size.Operators, shape.DialogsPerOperator);
        Communities = new Communities(People);
        Contacts = new ContactBooks(People);
        Access = new AccessHashes(shape.Secret);
        Boxes = new BoxShelf(shape, People);
        Messages = new MessageLedger(Boxes, People, Communities);
        Views = new MessageLookup(Boxes, new ComputedMessages(People, Communities));
    }

    public WorldShape Shape { get; }

    public Population People { get; }

    public Communities Communities { get; }

    public ContactBooks Contacts { get; }

    public AccessHashes Access { get; }

    public BoxShelf Boxes { get; }

    public MessageLedger Messages { get; }

    public MessageLookup Views { get; }

    public SignInLedger SignIns { get; } = new();

    /// <summary>The latest date of anything: dates never go back, even when the clock does.</summary>
    public int LastDate { get; private set; }

    /// <summary>The last message sent, for whoever has just sent it.</summary>
    public StoredMessage? LastMessage { get; private set; }

    public void Apply(JournalRecord record, List<BoxNews> news)
    {
        switch (record)
        {
            case MessageSent sent:
                LastDate = Math.Max(LastDate, sent.Date);
                LastMessage = Messages.Apply(sent, news);
                break;
            case MessageChanged change:
                Messages.Apply(change, news);
                break;
            case MessagesRemoved removed:
                Messages.Apply(removed, news);
                break;
            case HistoryRead read:
                Messages.Apply(read, news);
                break;
            case DialogPinned pin:
                Boxes.Of(pin.User).Pin(PeerId.FromMarked(pin.Peer), pin.Pinned);
                break;
            case ContactChanged contact:
                Contacts.Apply(contact);
                break;
            case PersonChanged person:
                People.Put(ToPerson(person));
                break;
            default:
                ApplySignIn(record);
                break;
        }
    }

    private void ApplySignIn(JournalRecord record)
    {
        switch (record)
        {
            case CodeSent sent:
                SignIns.Apply(sent);
                break;
            case CodeTried tried:
                SignIns.Apply(tried);
                break;
            case CodeEnded ended:
                SignIns.Apply(ended);
                break;
            case PasswordAwaited awaited:
                SignIns.Apply(awaited);
                break;
            default:
                throw new JournalException($"A record of the kind {record.GetType().Name} has no place after the first.");
        }
    }

    private Person ToPerson(PersonChanged change) =>
        new(change.Id, Phones.OfAccount(change.Id), change.Username, change.FirstName, change.LastName)
        {
            About = change.About,
            IsOperator = People.IsOperator(change.Id),
        };
}
