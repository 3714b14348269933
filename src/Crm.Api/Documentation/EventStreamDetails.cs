using Crm.Api.Events;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>A stream of server-sent events is text, whatever the events in it hold.</summary>
internal sealed class EventStreamDetails : IOpenApiOperationTransformer
{
    private const string Example = """
        retry: 1000
        id: 16

        id: 17
        event: connection.telegram
        data: {"id":17,"type":"connection.telegram","version":1,"id_account":1,"id_connection":1,"timestamp":1767225600,"data":{"telegram":"away"}}

        : still here


        """;

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (_, answer) in operation.Responses ?? [])
        {
            if (answer.Content?.TryGetValue(EventStreamResult.MediaType, out var stream) is true)
            {
                stream.Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "Lines of the fields id, event, data and retry. data is one Event in one line of JSON. A comment every 15 seconds " +
                        "shows that the stream lives.",
                };
                stream.Examples = null;
                stream.Example = Example;
            }
        }

        return Task.CompletedTask;
    }
}
