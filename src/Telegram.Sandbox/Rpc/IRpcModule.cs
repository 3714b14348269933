namespace Telegram.Sandbox.Rpc;

/// <summary>A group of methods that belong together.</summary>
internal interface IRpcModule
{
    void Map(RpcRouter router);
}
