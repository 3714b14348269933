using System.Net;

namespace Telegram.Client;

/// <summary>Where a data centre listens.</summary>
/// <param name="DataCenterId">The data centre's number, from 1.</param>
/// <param name="EndPoint">Address (IPv4 or IPv6) and port.</param>
/// <param name="MediaOnly">Serves files only; never used for the account's own connection.</param>
public sealed record DataCenterAddress(int DataCenterId, IPEndPoint EndPoint, bool MediaOnly = false);
