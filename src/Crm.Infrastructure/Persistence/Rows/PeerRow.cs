using Crm.Application.Ports.Telegram;
using Crm.Domain.Dialogs;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>dialogs</c>, as the peer it is.</summary>
internal class PeerRow
{
    public long DialogId { get; init; }

    public required string Type { get; init; }

    public required string Title { get; init; }

    public string? Username { get; init; }

    public string? Phone { get; init; }

    public long? AccessHash { get; init; }

    public static string TypeText(DialogType type) => type switch
    {
        DialogType.User => "user",
        DialogType.Bot => "bot",
        DialogType.Group => "group",
        DialogType.Channel => "channel",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such type."),
    };

    public TelegramPeer ToPeer() => new(
        DialogId, Enum.GetValues<DialogType>().Single(type => TypeText(type) == Type), Title, Username, Phone, AccessHash);
}
