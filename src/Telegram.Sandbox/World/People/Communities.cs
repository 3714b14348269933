namespace Telegram.Sandbox.World;

/// <summary>A group, supergroup or channel: who is in it and who may write.</summary>
internal sealed record Community(PeerId Peer, string Title, long Creator, long[] Accounts, long[] Guests)
{
    public bool IsBroadcast { get; init; }

    public string? Username { get; init; }

    public int Members => Accounts.Length + Guests.Length;
}

/// <summary>
/// Neighbouring operators, five at a time, are a team: two groups and a supergroup belong to each team;
/// one broadcast channel belongs to all.
/// </summary>
internal sealed class Communities(Population population)
{
    public const long NewsChannelId = 1_999_999_999;
    public const string NewsUsername = "sandbox_news";
    private const int TeamSize = 5;
    private const long FirstChatId = 4_000_000;
    private const long FirstSupergroupId = 2_000_000_000;
    private static readonly string[] GroupTitles = ["Отдел продаж", "Lunch 🍕 club"];

    private readonly Dictionary<PeerId, Community> _known = [];
    private readonly Lazy<long[]> _operators = new(() => [.. population.Operators()]);

    public static PeerId Group(long userId, int index) =>
        PeerId.Chat(FirstChatId + (Team(userId) * WorldShape.GroupsPerOperator) + index);

    public static PeerId Supergroup(long userId) => PeerId.Channel(FirstSupergroupId + Team(userId));

    public static PeerId News { get; } = PeerId.Channel(NewsChannelId);

    /// <summary>The channels a user is a member of.</summary>
    public PeerId[] ChannelsOf(long userId) => population.IsOperator(userId) ? [Supergroup(userId), News] : [];

    public Community? Find(PeerId peer)
    {
        if (_known.TryGetValue(peer, out var known))
        {
            return known;
        }

        var made = Make(peer);
        if (made is not null)
        {
            _known[peer] = made;
        }

        return made;
    }

    private Community? Make(PeerId peer) => peer.Kind switch
    {
        PeerKind.Chat => FindGroup(peer),
        PeerKind.Channel when peer == News => NewsChannel(),
        PeerKind.Channel => FindSupergroup(peer),
        _ => null,
    };

    private static long Team(long userId) => (userId - Population.FirstAccountId - 1) / TeamSize;

    private long[] TeamMembers(long team) =>
    [
        .. Enumerable.Range(1, TeamSize)
            .Select(number => Population.FirstAccountId + (team * TeamSize) + number)
            .Where(population.IsOperator),
    ];

    private long[] Guests(PeerId peer) =>
    [
        .. Enumerable.Range(0, Math.Min(4, population.CustomerCount))
            .Select(index => 1 + ((Mix.Pick(population.CustomerCount, peer.Marked) + index) % population.CustomerCount))
            .Select(Customers.IdOf),
    ];

    private Community? FindGroup(PeerId peer)
    {
        var ordinal = peer.Id - FirstChatId;
        var members = ordinal < 0 ? [] : TeamMembers(ordinal / WorldShape.GroupsPerOperator);
        return members.Length == 0
            ? null
            : new Community(peer, GroupTitles[ordinal % WorldShape.GroupsPerOperator], members[0], members, Guests(peer));
    }

    private Community? FindSupergroup(PeerId peer)
    {
        var team = peer.Id - FirstSupergroupId;
        var members = team < 0 ? [] : TeamMembers(team);
        return members.Length == 0 ? null : new Community(peer, $"Команда {team}: всё обо всём", members[0], members, Guests(peer));
    }

    private Community NewsChannel() =>
        new(News, "Sandbox News 📣", Population.OperatorId(1), _operators.Value, [])
        {
            IsBroadcast = true,
            Username = NewsUsername,
        };
}
