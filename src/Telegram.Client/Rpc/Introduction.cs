using Telegram.Tl;
using Telegram.Tl.Functions;

namespace Telegram.Client;

/// <summary>
/// Who we are, told with the first calls of each connection.
/// See <see href="https://core.telegram.org/api/invoking#saving-client-info"/>.
/// </summary>
internal sealed class Introduction(TelegramClientOptions options)
{
    public ITlFunction Wrap(ITlFunction query) => new InvokeWithLayer
    {
        Layer = TlRegistry.Layer,
        Query = new InitConnection
        {
            ApiId = options.ApiId,
            DeviceModel = options.DeviceModel,
            SystemVersion = options.SystemVersion,
            AppVersion = options.AppVersion,
            SystemLangCode = options.SystemLanguageCode,
            LangPack = options.LanguagePack,
            LangCode = options.LanguageCode,
            Query = query,
        },
    };
}
