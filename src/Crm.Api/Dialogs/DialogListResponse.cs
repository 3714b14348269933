using AutoMapper;
using Crm.Api.TelegramLoad;
using Crm.Application.ListDialogs;

namespace Crm.Api.Dialogs;

/// <summary>A page of the stored dialogs.</summary>
public sealed class DialogListResponse
{
    /// <summary>Dialogs in the order of their ids.</summary>
    public required IReadOnlyList<DialogResponse> Dialogs { get; init; }

    /// <summary>Whether others follow: ask for them with the last one's id as after.</summary>
    public required bool More { get; init; }

    internal static DialogListResponse From(ListedDialogs page, IMapper mapper) => new()
    {
        Dialogs = mapper.Map<DialogResponse[]>(page.Dialogs),
        More = page.HasMore,
    };
}
