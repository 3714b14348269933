using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Documentation;

/// <summary>The page at <c>/docs</c> that shows the OpenAPI document. It is part of the program and asks no other host for anything.</summary>
internal static class DocumentationPage
{
    private const string Path = "/docs";

    private const string Script = "text/javascript; charset=utf-8";

    private static readonly (string File, string Type)[] Files =
    [
        ("index.html", "text/html; charset=utf-8"), ("docs.css", "text/css; charset=utf-8"), ("docs.js", Script), ("reference.js", Script),
        ("elements.js", Script),
    ];

    public static void MapDocumentationPage(this IEndpointRouteBuilder routes)
    {
        foreach (var (file, type) in Files)
        {
            var content = Read(file);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
            Map(routes, $"{Path}/{file}", content, type, tag);
            if (file == "index.html")
            {
                Map(routes, Path, content, type, tag);
            }
        }
    }

    private static void Map(IEndpointRouteBuilder routes, string path, byte[] content, string type, EntityTagHeaderValue tag) =>
        routes.MapGet(path, (HttpContext http) =>
        {
            // Asked for again each time, and sent again only when the program is a new one.
            http.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(content, type, entityTag: tag);
        }).AllowAnonymous().ExcludeFromDescription();

    private static byte[] Read(string file)
    {
        using var resource = typeof(DocumentationPage).Assembly.GetManifestResourceStream($"docs/{file}")
            ?? throw new InvalidOperationException($"The program has no docs/{file}.");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
