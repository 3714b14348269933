namespace Telegram.Sandbox.Rpc;

/// <summary>The answer <c>rpc_error</c>. Codes and messages are those of <see href="https://core.telegram.org/api/errors"/>.</summary>
internal sealed class RpcErrorException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    public static RpcErrorException BadRequest(string message) => new(400, message);

    public static RpcErrorException Unauthorized(string message) => new(401, message);

    public static RpcErrorException PhoneMigrate(int dataCenter) => new(303, $"PHONE_MIGRATE_{dataCenter}");

    public static RpcErrorException UserMigrate(int dataCenter) => new(303, $"USER_MIGRATE_{dataCenter}");

    public static RpcErrorException FileMigrate(int dataCenter) => new(303, $"FILE_MIGRATE_{dataCenter}");

    public static RpcErrorException NetworkMigrate(int dataCenter) => new(303, $"NETWORK_MIGRATE_{dataCenter}");

    public static RpcErrorException FloodWait(int seconds) => new(420, $"FLOOD_WAIT_{seconds}");
}
