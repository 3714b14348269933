using Crm.Domain;
using FluentValidation;
using MediatR;

namespace Crm.Application.Pipeline;

/// <summary>Answers a request that breaks its validators' rules with an error that names each field, before its handler runs.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IFailable<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var failures = validators.SelectMany(validator => validator.Validate(request).Errors).ToList();
        if (failures.Count == 0)
        {
            return next();
        }

        var fields = failures
            .GroupBy(failure => failure.PropertyName, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).ToArray(), StringComparer.Ordinal);
        return Task.FromResult(TResponse.FromError(Error.Validation(fields)));
    }
}
