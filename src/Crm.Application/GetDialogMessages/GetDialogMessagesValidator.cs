using Crm.Application.Pipeline;
using FluentValidation;

namespace Crm.Application.GetDialogMessages;

internal sealed class GetDialogMessagesValidator : AbstractValidator<GetDialogMessagesQuery>
{
    private const int MaxLimit = 500;

    public GetDialogMessagesValidator()
    {
        RuleFor(query => query.DialogId).DialogId().OverridePropertyName("id");
        RuleFor(query => query.Before).GreaterThan(0).OverridePropertyName("before");
        RuleFor(query => query.Limit).InclusiveBetween(1, MaxLimit).OverridePropertyName("limit");
    }
}
