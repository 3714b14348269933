namespace Telegram.Sandbox.World;

/// <summary>Who is in whose contacts: two thirds of the first customers to begin with, and what was changed since.</summary>
internal sealed class ContactBooks(Population population)
{
    private const int FirstContacts = 200;

    private readonly Dictionary<long, Dictionary<long, ContactChanged>> _changes = [];

    public bool Contains(long userId, long other) => Change(userId, other) is { } change
        ? change.Listed
        : population.IsOperator(userId) && Customers.TryNumber(other, out var number) && number <= population.CustomerCount && IsFirst(number);

    /// <summary>The name a user gave to a contact, if any.</summary>
    public ContactChanged? NameFor(long userId, long other) => Change(userId, other) is { Listed: true } change ? change : null;

    public IEnumerable<long> Of(long userId)
    {
        var first = population.IsOperator(userId)
            ? Enumerable.Range(1, Math.Min(FirstContacts, population.CustomerCount)).Where(IsFirst).Select(Customers.IdOf)
            : [];
        var changes = _changes.GetValueOrDefault(userId);
        return changes is null
            ? first
            : first.Where(other => !changes.ContainsKey(other)).Concat(changes.Values.Where(change => change.Listed).Select(change => change.Other));
    }

    public void Apply(ContactChanged change)
    {
        if (!_changes.TryGetValue(change.User, out var book))
        {
            _changes[change.User] = book = [];
        }

        book[change.Other] = change;
    }

    private ContactChanged? Change(long userId, long other) => _changes.GetValueOrDefault(userId)?.GetValueOrDefault(other);

    private static bool IsFirst(int number) => number <= FirstContacts && number % 3 != 1 && number % 13 != 0;
}
