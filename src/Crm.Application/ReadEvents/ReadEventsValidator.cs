using FluentValidation;

namespace Crm.Application.ReadEvents;

internal sealed class ReadEventsValidator : AbstractValidator<ReadEventsQuery>
{
    private const int MaxLimit = 1000;

    public ReadEventsValidator()
    {
        RuleFor(query => query.After).GreaterThanOrEqualTo(0).OverridePropertyName("after");
        RuleFor(query => query.Limit).InclusiveBetween(1, MaxLimit).OverridePropertyName("limit");
    }
}
