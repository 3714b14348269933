using MediatR;

namespace Crm.Api.Tests.Support;

/// <summary>Stands for the whole application: answers requests as a test says, and keeps them.</summary>
internal sealed class ScriptedMediator : IMediator
{
    private readonly Dictionary<Type, Func<object, CancellationToken, Task<object>>> _answers = [];

    public List<object> Requests { get; } = [];

    public void Answer<TRequest>(object answer) => Answer<TRequest>((_, _) => Task.FromResult(answer));

    public void Answer<TRequest>(Func<TRequest, CancellationToken, Task<object>> answer) =>
        _answers[typeof(TRequest)] = (request, cancellationToken) => answer((TRequest)request, cancellationToken);

    public async Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        return _answers.TryGetValue(request.GetType(), out var answer)
            ? (TResponse)await answer(request, cancellationToken)
            : throw new InvalidOperationException($"No answer is scripted for {request.GetType().Name}.");
    }

    public Task Publish<TNotification>(TNotification notification, CancellationToken cancellationToken = default)
        where TNotification : INotification => Task.CompletedTask;
}
