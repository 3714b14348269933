using System.Text;
using System.Text.RegularExpressions;

namespace Telegram.Tl.Generator.Parsing;

/// <summary>
/// The number of a combinator: CRC32 of its declaration, written in the one normal form
/// (core.telegram.org/mtproto/TL-formal, "constructor names"): no brackets, <c>bytes</c> as <c>string</c>, <c>%Message</c> as its constructor <c>message</c>, no <c>true</c> fields.
/// </summary>
internal static class TlCrc
{
    private const uint Polynomial = 0xedb88320;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly Regex TrueField = new(@" \w+:\w+\.\d+\?true(?= )", RegexOptions.CultureInvariant, Patience);
    private static readonly Regex BytesType = new(@"(?<=[:?])bytes(?= )", RegexOptions.CultureInvariant, Patience);
    private static readonly Regex BareType = new("%.", RegexOptions.CultureInvariant, Patience);
    private static readonly uint[] Table = MakeTable();

    public static uint Of(TlDeclaration declaration) => Crc32(Normalise(declaration.Signature));

    public static string Normalise(string signature)
    {
        var text = BytesType.Replace(TrueField.Replace(signature, ""), "string");
        text = BareType.Replace(text, match => match.Value.Substring(1).ToLowerInvariant());
        return text.Replace('<', ' ').Replace(">", "").Replace("{", "").Replace("}", "");
    }

    private static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            crc = (crc >> 8) ^ Table[(crc ^ value) & 0xff];
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            }

            table[i] = value;
        }

        return table;
    }
}
