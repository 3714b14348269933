using System.Buffers.Binary;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Finds what the server pushes when its configuration has changed (<see href="https://core.telegram.org/api/config"/>).</summary>
internal static class ConfigNews
{
    public static bool IsIn(IUpdates updates) => updates switch
    {
        UpdateShort one => IsNews(one.Update),
        Tl.Types.Updates many => Array.Exists(many.UpdatesValue, IsNews),
        UpdatesCombined many => Array.Exists(many.Updates, IsNews),
        _ => false,
    };

    /// <summary>The same of bytes, which are not read any further than that: it comes as <c>updateShort</c>.</summary>
    public static bool IsIn(ReadOnlySpan<byte> updates) =>
        updates.Length >= 2 * sizeof(uint)
        && BinaryPrimitives.ReadUInt32LittleEndian(updates) == UpdateShort.Id
        && BinaryPrimitives.ReadUInt32LittleEndian(updates[sizeof(uint)..]) is UpdateConfig.Id or UpdateDcOptions.Id;

    private static bool IsNews(IUpdate update) => update is UpdateConfig or UpdateDcOptions;
}
