namespace Telegram.Sandbox.Control;

/// <summary>Turns what goes wrong into <c>{"error": "…"}</c>.</summary>
internal static class ControlErrors
{
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ControlException e)
        {
            await WriteAsync(context, e.Status, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await WriteAsync(context, e.StatusCode, "The request can't be read, or its body is too large.");
        }
        catch (KeyNotFoundException)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, "There is no such phone, person or message.");
        }
        catch (ArgumentException e)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, e.Message.Split(" (Parameter", 2)[0]);
        }
    }

    /// <summary>For answers that nobody gave a body: unknown routes and methods.</summary>
    public static Task DescribeAsync(HttpContext context) =>
        WriteAsync(context, context.Response.StatusCode, context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "There is no such route.",
            StatusCodes.Status405MethodNotAllowed => "This route takes another method.",
            _ => "The request can't be served.",
        });

    private static Task WriteAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error }, ControlJson.Options, context.RequestAborted);
    }
}
