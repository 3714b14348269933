using Crm.Application.Pipeline;
using FluentValidation;

namespace Crm.Application.AccountAuth;

/// <summary>What a password may be, wherever one is given.</summary>
internal static class PasswordRules
{
    private const int MaxLength = 1024;

    public static IRuleBuilderOptions<T, string?> Password<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotNull().Length(1, MaxLength).WellFormed();
}
