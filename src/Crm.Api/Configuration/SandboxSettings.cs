using Microsoft.Extensions.Options;
using Telegram.Sandbox;

namespace Crm.Api.Configuration;

/// <summary>The local Telegram: how to start one, or the control address of one that already runs.</summary>
internal sealed class SandboxSettings
{
    public required SandboxOptions Options { get; init; }

    public required Uri? Url { get; init; }

    public static SandboxSettings Read(SettingReader reader, IConfiguration configuration, string dataDirectory)
    {
        var url = reader.Url("Sandbox:Url");
        var before = reader.Problems.Count;
        reader.Port("Sandbox:Port", 0);
        reader.Port("Sandbox:ControlPort", 0);
        reader.Port("Sandbox:ProxyPort", 0);
        reader.Count("Sandbox:Operators", 1);
        reader.Count("Sandbox:DialogsPerOperator", 0);
        reader.Count("Sandbox:MessagesPerDialog", 0);
        var options = reader.Problems.Count == before ? ReadOptions(reader, configuration) : new SandboxOptions();
        options.DataDirectory = dataDirectory;
        return new SandboxSettings { Options = options, Url = url };
    }

    private static SandboxOptions ReadOptions(SettingReader reader, IConfiguration configuration)
    {
        var options = new SandboxOptions();
        try
        {
            options = SandboxOptions.FromConfiguration(configuration);
            options.Validate();
        }
        catch (OptionsValidationException exception)
        {
            exception.Failures.ToList().ForEach(reader.Refuse);
        }
        catch (InvalidOperationException exception)
        {
            reader.Refuse(exception.Message);
        }

        return options;
    }
}
