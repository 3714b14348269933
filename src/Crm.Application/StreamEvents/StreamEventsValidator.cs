using FluentValidation;

namespace Crm.Application.StreamEvents;

internal sealed class StreamEventsValidator : AbstractValidator<StreamEventsQuery>
{
    public StreamEventsValidator() => RuleFor(query => query.After).GreaterThanOrEqualTo(0).OverridePropertyName("after");
}
