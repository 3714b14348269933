using System.Diagnostics.CodeAnalysis;

namespace Crm.Domain;

/// <summary>Lets code that knows only the result's type, such as a pipeline, answer with a failure.</summary>
public interface IFailable<TSelf>
    where TSelf : IFailable<TSelf>
{
    /// <summary>Null where it succeeded.</summary>
    Error? Error { get; }

    static abstract TSelf FromError(Error error);
}

/// <summary>The outcome of something that answers nothing: done, or an <see cref="Domain.Error"/>.</summary>
public sealed class Result : IFailable<Result>
{
    private static readonly Result Done = new(null);

    private Result(Error? error) => Error = error;

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public Error? Error { get; }

    public static Result Success() => Done;

    /// <summary>For values whose static type is an interface or null, where no implicit conversion applies.</summary>
    public static Result<T> Success<T>(T value) => new(value, null);

    public static Result Failure(Error error) => new(error);

    static Result IFailable<Result>.FromError(Error error) => new(error);

    public TOut Match<TOut>(Func<TOut> success, Func<Error, TOut> failure) => IsSuccess ? success() : failure(Error);

    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The outcome of something that answers a <typeparamref name="T"/>: the value, or an <see cref="Domain.Error"/>.</summary>
public sealed class Result<T> : IFailable<Result<T>>
{
    private readonly T? _value;

    internal Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public Error? Error { get; }

    /// <summary>The value; asking a failure for it is a bug and throws <see cref="InvalidOperationException"/>.</summary>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"There is no value: {Error.Code}.");

    static Result<T> IFailable<Result<T>>.FromError(Error error) => new(default, error);

    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure) => IsSuccess ? success(_value!) : failure(Error);

    public Result<TOut> Map<TOut>(Func<T, TOut> map) => IsSuccess ? Result.Success(map(_value!)) : new Result<TOut>(default, Error);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}
