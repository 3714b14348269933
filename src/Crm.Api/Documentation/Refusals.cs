using Crm.Api.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Crm.Api.Documentation;

/// <summary>Every code an action can refuse with.</summary>
internal static class Refusals
{
    private static readonly string[] OfAll = [ProblemCodes.RateLimited, ProblemCodes.ServerError, ProblemCodes.StorageUnavailable];

    private static readonly string[] OfCallers =
        [ProblemCodes.AuthenticationRequired, ProblemCodes.TokenInvalid, ProblemCodes.Forbidden];

    private static readonly string[] OfBodies =
    [
        ProblemCodes.RequestMalformed, ProblemCodes.ValidationFailed, ProblemCodes.RequestTimeout, ProblemCodes.RequestTooLarge,
        ProblemCodes.UnsupportedMediaType,
    ];

    private static readonly Dictionary<Doing, string[]> OfKinds = new()
    {
        [Doing.NeedsOwnership] = ["telegram.owned_elsewhere"],
        [Doing.AskingTelegram] =
        [
            "telegram.flood_wait", "telegram.failed", "telegram.refused", "telegram.unreachable", ProblemCodes.SignInUnreadable,
        ],
        [Doing.SignedInToTelegram] = ["telegram.not_authorized", "telegram.session_revoked", ProblemCodes.SignInUnreadable],
        [Doing.SigningInToTelegram] =
        [
            "telegram.code_invalid", "telegram.code_expired", "telegram.password_invalid", "telegram.sign_up_required",
            "telegram.phone_invalid", "telegram.phone_banned", "telegram.api_id_invalid", "telegram.code_not_requested",
            "telegram.code_tries_exhausted", "telegram.another_user", "telegram.state_changed", "telegram.state_conflict",
            "telegram.not_authorized", "telegram.session_revoked", "telegram.too_many_tries",
        ],
        [Doing.CheckingPassword] = ["account.password_wrong", "account.too_many_tries", "server.busy"],
    };

    /// <summary>The codes of an action, those of each status in order.</summary>
    public static IEnumerable<IGrouping<int, Problem>> Of(ApiDescription action)
    {
        var metadata = action.ActionDescriptor.EndpointMetadata;
        var own = metadata.OfType<RefusesAttribute>().SingleOrDefault();
        return OfAll
            .Concat(metadata.OfType<IAllowAnonymous>().Any() ? [] : OfCallers)
            .Concat(action.ParameterDescriptions.SelectMany(OfParameter))
            .Concat(OfKinds.Where(kind => own?.While.HasFlag(kind.Key) is true).SelectMany(kind => kind.Value))
            .Concat(own?.Codes ?? [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(ErrorCatalog.Find)
            .GroupBy(problem => problem.Status)
            .OrderBy(status => status.Key);
    }

    private static string[] OfParameter(ApiParameterDescription parameter) =>
        parameter.Source == BindingSource.Body ? OfBodies
        : parameter.Source == BindingSource.Query ? [ProblemCodes.ValidationFailed]
        // What is no number is no id of this route's.
        : parameter.Source == BindingSource.Path ? [ProblemCodes.RouteNotFound]
        : [];
}
