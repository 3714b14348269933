using FluentValidation;

namespace Crm.Application.ListDialogs;

internal sealed class ListDialogsValidator : AbstractValidator<ListDialogsQuery>
{
    private const int MaxLimit = 1000;

    public ListDialogsValidator() => RuleFor(query => query.Limit).InclusiveBetween(1, MaxLimit).OverridePropertyName("limit");
}
