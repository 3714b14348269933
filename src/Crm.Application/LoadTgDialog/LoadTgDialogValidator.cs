using Crm.Application.Pipeline;
using FluentValidation;

namespace Crm.Application.LoadTgDialog;

internal sealed class LoadTgDialogValidator : AbstractValidator<LoadTgDialogCommand>
{
    public LoadTgDialogValidator() => RuleFor(command => command.DialogId).DialogId().OverridePropertyName("id");
}
