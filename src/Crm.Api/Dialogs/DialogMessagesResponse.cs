using Crm.Api.Messages;
using Crm.Application.GetDialogMessages;

namespace Crm.Api.Dialogs;

/// <summary>A page of a dialog.</summary>
public sealed class DialogMessagesResponse
{
    /// <summary>Message rows, oldest first.</summary>
    public required IReadOnlyList<MessageResponse> Messages { get; init; }

    /// <summary>Whether older ones are stored: ask for them with the first row's id as before.</summary>
    public required bool More { get; init; }

    /// <summary>Whether everything from the dialog's first message to its newest stored one is stored; else POST imports brings what is missing.</summary>
    public required bool Complete { get; init; }

    internal static DialogMessagesResponse From(DialogMessages page) => new()
    {
        Messages = [.. page.Messages.Select(MessageResponse.From)],
        More = page.HasMore,
        Complete = page.IsComplete,
    };
}
