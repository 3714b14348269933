using System.Text.Json;
using Telegram.Tl;

namespace Telegram.Sandbox.Control;

/// <summary>The routes of the control port.</summary>
internal static class ControlEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, SandboxServer server)
    {
        var control = server.Control;
        routes.MapGet("/config", context => Json(context, new
        {
            TlRegistry.Layer,
            DataCenters = server.DataCenters.Select(one => new { one.Id, Address = $"{one.EndPoint.Address}", one.EndPoint.Port }),
        }));
        routes.MapGet("/public-key", context => context.Response.WriteAsync(server.PublicKeyPem, context.RequestAborted));
        routes.MapGet("/stats", context => Json(context, control.Stats()));
        routes.MapGet("/people", context => Json(context, control.People()));
        routes.MapGet("/messages", context => Json(context, control.Messages(
            ControlRequest.Query(context, "phone"), ControlRequest.QueryId(context, "user_id"))));
        routes.MapPost("/messages", context => SendAsync(context, control));
        routes.MapPatch("/messages", context => EditAsync(context, control));
        routes.MapDelete("/messages", context =>
        {
            control.Delete(
                ControlRequest.Query(context, "to_phone"),
                ControlRequest.QueryId(context, "from_id"),
                ControlRequest.QueryMessageId(context, "message_id"));
            return Json(context, new { Ok = true });
        });
        routes.MapPost("/faults", context => ApplyAsync(context, control));
        routes.MapDelete("/faults", context =>
        {
            control.ClearFaults();
            return Json(context, new { Ok = true });
        });
    }

    private static async Task SendAsync(HttpContext context, SandboxControl control)
    {
        var body = await ControlRequest.ReadBodyAsync<SendBody>(context);
        var sent = await control.SendAsync(
            body.ToPhone, body.FromId, body.Text, body.Count, body.PerSecond, context.RequestAborted);
        await Json(context, sent);
    }

    private static async Task EditAsync(HttpContext context, SandboxControl control)
    {
        var body = await ControlRequest.ReadBodyAsync<EditBody>(context);
        control.Edit(body.ToPhone, body.FromId, body.MessageId, body.Text);
        await Json(context, new { Ok = true });
    }

    private static async Task ApplyAsync(HttpContext context, SandboxControl control)
    {
        using var body = await ControlRequest.ReadBodyAsync<JsonDocument>(context);
        control.Apply(FaultBody.Read(body.RootElement));
        await Json(context, new { Ok = true });
    }

    private static Task Json<T>(HttpContext context, T value) =>
        context.Response.WriteAsJsonAsync(value, ControlJson.Options, context.RequestAborted);

    private sealed record SendBody
    {
        public required string ToPhone { get; init; }

        public required long FromId { get; init; }

        public required string Text { get; init; }

        public int Count { get; init; } = 1;

        public double PerSecond { get; init; }
    }

    private sealed record EditBody
    {
        public required string ToPhone { get; init; }

        public required long FromId { get; init; }

        public required int MessageId { get; init; }

        public required string Text { get; init; }
    }
}
