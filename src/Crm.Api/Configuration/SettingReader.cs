using System.Globalization;

namespace Crm.Api.Configuration;

/// <summary>Reads single settings and collects what is wrong with them, so that all mistakes are told at once.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public string Text(string key, string fallback) =>
        configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : fallback;

    public int Port(string key, int fallback) => Number(key, fallback, 0, 65_535, "a port: a number from 0 (any free one) to 65535");

    public int Count(string key, int fallback) => Number(key, fallback, 0, int.MaxValue, "a number that is not negative");

    public int Number(string key, int fallback, int minimum, int maximum, string expected)
    {
        var text = Text(key, fallback.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
            ? value
            : Refuse(key, text, expected, fallback);
    }

    public int Count(string key, int fallback, int minimum, int maximum) =>
        Number(key, fallback, minimum, maximum, $"a number from {minimum} to {maximum}");

    public bool Flag(string key, bool fallback)
    {
        var text = Text(key, fallback ? "true" : "false");
        return bool.TryParse(text, out var value) ? value : Refuse(key, text, "true or false", fallback);
    }

    public TChoice Choice<TChoice>(string key, TChoice fallback)
        where TChoice : struct, Enum
    {
        var text = Text(key, fallback.ToString());
        var names = Enum.GetNames<TChoice>();
        var name = Array.Find(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is null
            ? Refuse(key, text, $"one of {string.Join(", ", names.Select(Lower))}", fallback)
            : Enum.Parse<TChoice>(name);
    }

    public Uri? Url(string key)
    {
        var text = Text(key, string.Empty);
        if (text.Length == 0)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : Refuse<Uri?>(key, text, "empty or an address such as http://127.0.0.1:2480", null);
    }

    public void Refuse(string problem) => _problems.Add(problem);

    private TValue Refuse<TValue>(string key, string text, string expected, TValue fallback)
    {
        _problems.Add($"{key} must be {expected}, but is \"{text}\".");
        return fallback;
    }

    private static string Lower(string name) => name.ToLowerInvariant();
}
