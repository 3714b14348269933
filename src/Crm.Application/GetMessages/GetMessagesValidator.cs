using Crm.Application.Pipeline;
using FluentValidation;

namespace Crm.Application.GetMessages;

internal sealed class GetMessagesValidator : AbstractValidator<GetMessagesQuery>
{
    private const int MaxLimit = 10_000;

    public GetMessagesValidator()
    {
        RuleFor(query => query.AccountId).GreaterThan(0).OverridePropertyName("id_account");
        RuleFor(query => query.PeerId!.Value).DialogId().When(query => query.PeerId is not null).OverridePropertyName("user_id");
        RuleFor(query => query.AfterId).GreaterThanOrEqualTo(0).OverridePropertyName("after_id");
        RuleFor(query => query.Limit).InclusiveBetween(1, MaxLimit).OverridePropertyName("limit");
    }
}
