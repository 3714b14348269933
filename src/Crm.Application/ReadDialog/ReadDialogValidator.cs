using Crm.Application.Pipeline;
using FluentValidation;

namespace Crm.Application.ReadDialog;

internal sealed class ReadDialogValidator : AbstractValidator<ReadDialogCommand>
{
    public ReadDialogValidator()
    {
        RuleFor(command => command.DialogId).DialogId().OverridePropertyName("id");
        RuleFor(command => command.MessageId).GreaterThan(0).OverridePropertyName("message_id");
    }
}
