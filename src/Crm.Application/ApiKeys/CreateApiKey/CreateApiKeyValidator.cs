using Crm.Application.Pipeline;
using Crm.Domain.Access;
using FluentValidation;

namespace Crm.Application.ApiKeys.CreateApiKey;

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKeyCommand>
{
    private const int MaxName = 100;
    private const int MaxAddresses = 32;
    private const int MaxDays = 3650;

    public CreateApiKeyValidator()
    {
        RuleFor(command => command.Name).NotEmpty().MaximumLength(MaxName).PlainText().OverridePropertyName("name");
        RuleFor(command => command.Scopes)
            .Must(scopes => ScopeNames.TryParse(scopes) is not null)
            .WithMessage($"'{{PropertyName}}' must hold one or more of {ScopeNames.Read}, {ScopeNames.Send}, {ScopeNames.Admin}.")
            .OverridePropertyName("scopes");
        RuleFor(command => command.Addresses)
            .Must(addresses => addresses is null || (addresses.Count <= MaxAddresses && addresses.All(AddressRule.IsValid)))
            .WithMessage($"'{{PropertyName}}' may hold {MaxAddresses} addresses (203.0.113.7) or networks (2001:db8::/32).")
            .OverridePropertyName("addresses");
        RuleFor(command => command.ExpiresInDays).InclusiveBetween(1, MaxDays).OverridePropertyName("expires_in_days");
    }
}
