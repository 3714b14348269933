using FluentValidation;

namespace Crm.Application.Webhooks.ListDeliveries;

internal sealed class ListDeliveriesValidator : AbstractValidator<ListDeliveriesQuery>
{
    private const int MaxLimit = 200;

    public ListDeliveriesValidator()
    {
        RuleFor(query => query.Before).GreaterThan(0).OverridePropertyName("before");
        RuleFor(query => query.Limit).InclusiveBetween(1, MaxLimit).OverridePropertyName("limit");
    }
}
