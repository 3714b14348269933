using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Json;

/// <summary>
/// Reads a request model from a JSON object, field by field, so that every wrong field is told and not only the first one.
/// Fields the model does not know are ignored; duplicate names, broken UTF-8 and deep nesting are refused.
/// </summary>
internal sealed class JsonBodyFormatter : InputFormatter
{
    public const string MediaType = "application/json";

    private static readonly ReadOnlyMemory<byte> EmptyObject = "{}"u8.ToArray();

    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = ApiJson.MaxDepth,
    };

    public JsonBodyFormatter() => SupportedMediaTypes.Add(MediaType);

    /// <summary>A call without a body needs no content type, and whatever type it claims is of nothing.</summary>
    public override bool CanRead(InputFormatterContext context)
    {
        var http = context.HttpContext;
        return http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            || (base.CanRead(context) && IsUtf8(http.Request.ContentType));
    }

    /// <summary>No body is taken as an object without fields.</summary>
    public override Task<InputFormatterResult> ReadAsync(InputFormatterContext context) => ReadRequestBodyAsync(context);

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        using var body = await RequestBody.ReadAsync(context.HttpContext.Request, context.HttpContext.RequestAborted);
        return TryReadModel(body.Bytes.IsEmpty ? EmptyObject : body.Bytes, context, out var model)
            ? await InputFormatterResult.SuccessAsync(model)
            : await InputFormatterResult.FailureAsync();
    }

    private static bool TryReadModel(ReadOnlyMemory<byte> bytes, InputFormatterContext context, out object? model)
    {
        model = null;
        if (!Utf8.IsValid(bytes.Span))
        {
            return Refuse(context, "The body is not valid UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, DocumentOptions);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Refuse(context, "The body must be a JSON object.");
            }

            model = JsonModelReader.Read(document.RootElement, context.ModelType, context.ModelState);
            return context.ModelState.IsValid;
        }
        catch (JsonException exception)
        {
            var place = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
            return Refuse(context, $"The body is not JSON that can be read: {place}.");
        }
    }

    private static bool Refuse(InputFormatterContext context, string message)
    {
        context.ModelState.AddModelError(string.Empty, message);
        return false;
    }

    private static bool IsUtf8(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
