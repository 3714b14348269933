using Crm.Application.Webhooks;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>The request a registered webhook gets.</summary>
internal static class WebhookCall
{
    public static OpenApiPathItem Describe(OpenApiDocument document) => new()
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Post] = new OpenApiOperation
            {
                OperationId = "webhookEvent",
                Summary = "An event, posted to a registered address",
                Description = "Any 2xx takes it. Anything else, and no answer within ten seconds, is tried again, with growing pauses of up to an " +
                    "hour, for three days. An event may come twice: X-Crm-Event-Id tells.",
                Tags = new HashSet<OpenApiTagReference> { new(ApiTags.Webhooks, document) },
                Security = [],
                Parameters =
                [
                    Header(WebhookSignature.Header, "t=<Unix seconds>,v1=<HMAC-SHA256 in hex of the time, a dot and the body, under the webhook's secret>."),
                    Header("X-Crm-Event-Id", "The event's id."),
                    Header("X-Crm-Event", "The event's type."),
                    Header("X-Crm-Webhook-Id", "The webhook's id."),
                    Header("X-Crm-Attempt", "Counts the tries of this event."),
                ],
                RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("Event", document) },
                    },
                },
                Responses = new OpenApiResponses
                {
                    ["2XX"] = new OpenApiResponse { Description = "Taken." },
                    ["4XX"] = new OpenApiResponse { Description = "Not taken: it is tried again." },
                },
            },
        },
    };

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
