using System.Globalization;

namespace Telegram.Mtproto.Fuzz;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    public required string Command { get; init; }

    public int Count { get; init; } = 1000;

    public int Seed { get; init; } = 1;

    public double Minutes { get; init; } = 1;

    /// <summary>The only target to fuzz; null for all.</summary>
    public string? Target { get; init; }

    /// <summary>The only case of that target; null for all.</summary>
    public long? Case { get; init; }

    public static Arguments? Parse(string[] args)
    {
        if (args.Length % 2 != 1)
        {
            return null;
        }

        var arguments = new Arguments { Command = args[0] };
        for (var i = 1; i < args.Length && arguments is not null; i += 2)
        {
            arguments = arguments.With(args[i], args[i + 1]);
        }

        return arguments;
    }

    public static int Explain(TextWriter output)
    {
        output.WriteLine("schedules [--count 1000] [--seed 1]   simulated networks: every request is answered once or fails once");
        output.WriteLine("fuzz [--minutes 1] [--seed 1] [--target NAME [--case NUMBER]]   hostile bytes against every reader");
        return 2;
    }

    private Arguments? With(string name, string value)
    {
        var culture = CultureInfo.InvariantCulture;
        return name switch
        {
            "--count" when int.TryParse(value, NumberStyles.None, culture, out var count) && count > 0 => this with { Count = count },
            "--seed" when int.TryParse(value, NumberStyles.None, culture, out var seed) => this with { Seed = seed },
            "--minutes" when double.TryParse(value, NumberStyles.AllowDecimalPoint, culture, out var minutes) => this with { Minutes = minutes },
            "--target" => this with { Target = value },
            "--case" when long.TryParse(value, NumberStyles.None, culture, out var number) => this with { Case = number },
            _ => null,
        };
    }
}
