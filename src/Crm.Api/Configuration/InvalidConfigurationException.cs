namespace Crm.Api.Configuration;

/// <summary>The process cannot start as it is configured; every line of the message names a key and says what it may hold.</summary>
public sealed class InvalidConfigurationException(IReadOnlyList<string> problems, Exception? innerException = null)
    : Exception(string.Join(Environment.NewLine, problems), innerException)
{
    public InvalidConfigurationException(string problem, Exception? innerException = null)
        : this([problem], innerException)
    {
    }

    public IReadOnlyList<string> Problems { get; } = problems;
}
