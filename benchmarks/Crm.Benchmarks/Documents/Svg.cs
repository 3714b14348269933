using System.Globalization;
using System.Net;
using System.Text;

namespace Crm.Benchmarks.Documents;

/// <summary>A picture that can be read on light and on dark pages.</summary>
internal sealed class Svg
{
    public const int Width = 760;

    private const string Style = """
        text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif }
        .back { fill: #ffffff; stroke: #d1d9e0 } .text { fill: #1f2328 } .muted { fill: #59636e }
        .title { fill: #1f2328; font-size: 15px; font-weight: 600 } .head { fill: #1f2328; font-family: ui-monospace, monospace }
        .grid { stroke: #d1d9e0 } polyline { fill: none; stroke-width: 2 }
        .s0 { fill: #2f6fde } .s1 { fill: #1a7f37 } .s2 { fill: #bc4c00 } .s3 { fill: #8250df } .s4 { fill: #bf3989 } .s5 { fill: #6e7781 }
        .l0 { stroke: #2f6fde } .l1 { stroke: #1a7f37 } .l2 { stroke: #bc4c00 } .l3 { stroke: #8250df }
        @media (prefers-color-scheme: dark) {
          .back { fill: #0d1117; stroke: #3d444d } .text, .title, .head { fill: #f0f6fc } .muted { fill: #9198a1 } .grid { stroke: #3d444d }
          .s0 { fill: #6ea8fe } .s1 { fill: #57ab5a } .s2 { fill: #f0883e } .s3 { fill: #b392f0 } .s4 { fill: #f778ba } .s5 { fill: #8b949e }
          .l0 { stroke: #6ea8fe } .l1 { stroke: #57ab5a } .l2 { stroke: #f0883e } .l3 { stroke: #b392f0 }
        }
        """;

    private readonly StringBuilder _text = new();

    public Svg(string title, int height)
    {
        _text.Append($"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img">""");
        _text.Append($"\n<title>{Encode(title)}</title>\n<style>\n{Style}\n</style>\n");
        _text.Append($"""<rect class="back" x="0.5" y="0.5" width="{Width - 1}" height="{height - 1}" rx="6"/>""").Append('\n');
        Text(16, 26, title, "title", "start");
    }

    public void Text(double x, double y, string text, string style, string anchor) => _text.Append(
        CultureInfo.InvariantCulture, $"""<text class="{style}" x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{Encode(text)}</text>""").Append('\n');

    public void Line(double x1, double y1, double x2, double y2, string style) => _text.Append(
        CultureInfo.InvariantCulture, $"""<line class="{style}" x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}"/>""").Append('\n');

    public void Rectangle(double x, double y, double width, double height, string style) => _text.Append(
        CultureInfo.InvariantCulture, $"""<rect class="{style}" x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" rx="2"/>""").Append('\n');

    public void Polyline(IEnumerable<(double X, double Y)> points, string style)
    {
        var text = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        _text.Append($"""<polyline class="{style}" points="{text}"/>""").Append('\n');
    }

    public void Dot(double x, double y, string style) => _text.Append(
        CultureInfo.InvariantCulture, $"""<circle class="{style}" cx="{x:0.#}" cy="{y:0.#}" r="4"/>""").Append('\n');

    public override string ToString() => _text + "</svg>\n";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
