namespace Telegram.Sandbox.World;

/// <summary>Everyone there is: operators and customers, computed; and those who signed up or changed their profile, kept.</summary>
internal sealed class Population(int operators, int customerCount)
{
    public const int MaxCustomers = 1_000_000;
    public const int MaxOperators = 19_999;
    public const long FirstAccountId = 5_000_000_000;

    // One operator waits on each of the other data centres, so that a sign-in that has to move can be tried at once.
    private static readonly long[] Abroad = [FirstAccountId + 10_001, FirstAccountId + 30_001];
    private const long FirstOperator = FirstAccountId + 20_001;

    private readonly Dictionary<long, Person> _changed = [];
    private readonly Dictionary<string, long> _usernames = new(StringComparer.OrdinalIgnoreCase);

    public int CustomerCount => customerCount;

    public static long OperatorId(int number) => FirstOperator + number - 1;

    public bool IsOperator(long userId) =>
        (userId >= FirstOperator && userId < FirstOperator + operators) || Array.IndexOf(Abroad, userId) >= 0;

    /// <summary>Somebody who can sign in, and so has a box of messages.</summary>
    public bool HasAccount(long userId) => IsOperator(userId) || _changed.ContainsKey(userId);

    public Person? Find(long userId)
    {
        if (_changed.TryGetValue(userId, out var changed))
        {
            return changed;
        }

        if (IsOperator(userId))
        {
            return Operator(userId);
        }

        return Customers.TryNumber(userId, out var number) && number <= customerCount ? Customers.Get(number) : null;
    }

    public Person? FindByPhone(string digits)
    {
        if (Phones.TryParse(digits, out _, out var userId))
        {
            return Find(userId);
        }

        return Customers.TryNumberOfPhone(digits, out var number) && number <= customerCount ? Customers.Get(number) : null;
    }

    public Person? FindByUsername(string username)
    {
        if (_usernames.TryGetValue(username, out var changed))
        {
            return Find(changed);
        }

        var found = Customers.TryNumber(username, out var number) && number <= customerCount
            ? Customers.Get(number)
            : OperatorByUsername(username);
        return found?.Username is { } current && string.Equals(current, username, StringComparison.OrdinalIgnoreCase) ? found : null;
    }

    /// <summary>Remembers somebody new, or a changed profile.</summary>
    public void Put(Person person)
    {
        if (Find(person.Id)?.Username is { } old)
        {
            _usernames.Remove(old);
        }

        if (person.Username is { } username)
        {
            _usernames[username] = person.Id;
        }

        _changed[person.Id] = person;
    }

    public IEnumerable<long> Operators() => Enumerable.Range(1, operators).Select(OperatorId).Concat(Abroad).Distinct();

    public IEnumerable<Person> All()
    {
        var accounts = Operators().Concat(_changed.Keys).Distinct();
        return accounts.Select(id => Find(id)!)
            .Concat(Enumerable.Range(1, customerCount).Select(Customers.Get));
    }

    private static Person Operator(long userId)
    {
        var number = userId - FirstAccountId;
        return new Person(
            userId,
            Phones.OfAccount(userId),
            $"operator{number}",
            Names.Operators[number % Names.Operators.Length],
            null)
        {
            IsOperator = true,
        };
    }

    private Person? OperatorByUsername(string username) =>
        username.StartsWith("operator", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(username.AsSpan("operator".Length), out var number)
            ? Find(FirstAccountId + number)
            : null;
}
