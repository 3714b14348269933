using Crm.Application.Imports;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.ReadImports;

/// <summary>An account's imports, newest first; the latest of many.</summary>
public sealed record ListImportsQuery(long AccountId) : IRequest<Result<IReadOnlyList<Import>>>;

/// <summary>One of an account's imports.</summary>
public sealed record FindImportQuery(long AccountId, long ImportId) : IRequest<Result<Import>>;

internal sealed class ListImportsHandler(IImportStore imports) : IRequestHandler<ListImportsQuery, Result<IReadOnlyList<Import>>>
{
    internal const int AtMost = 200;

    public async Task<Result<IReadOnlyList<Import>>> Handle(ListImportsQuery request, CancellationToken cancellationToken) =>
        Result.Success(await imports.ListAsync(request.AccountId, AtMost, cancellationToken));
}

internal sealed class FindImportHandler(IImportStore imports) : IRequestHandler<FindImportQuery, Result<Import>>
{
    public async Task<Result<Import>> Handle(FindImportQuery request, CancellationToken cancellationToken) =>
        await imports.FindAsync(request.AccountId, request.ImportId, cancellationToken) is { } import ? import : ImportErrors.NotFound;
}
