namespace Telegram.Sandbox.Rpc;

/// <summary>What a client said of itself with <c>invokeWithLayer</c> and <c>initConnection</c>.</summary>
internal sealed record ClientInfo(
    int Layer,
    int ApiId,
    string DeviceModel,
    string SystemVersion,
    string AppVersion,
    string SystemLangCode,
    string LangPack,
    string LangCode);
