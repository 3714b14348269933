using System.IO.Pipelines;
using Telegram.Sandbox.Connections;

namespace Telegram.Sandbox.Proxies;

/// <summary>A client that the proxy has let in.</summary>
/// <param name="DcId">The data centre it asked for.</param>
/// <param name="Input">Where its frames come from.</param>
/// <param name="Protocol">What it speaks.</param>
internal sealed record ProxiedClient(int DcId, PipeReader Input, WireProtocol Protocol);
