using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>The connection string as it was configured. Whether the connection is encrypted is its decision, never ours.</summary>
internal static class SqlServerConnectionString
{
    private const string Application = "Telegram CRM";

    /// <summary>What is wrong with it, without a word of what it holds; null when it can be tried.</summary>
    public static string? FindProblem(string text)
    {
        if (text.Length == 0)
        {
            return "Storage:ConnectionString must be set with sqlserver: Server=…;Database=…;User ID=…;Password=…";
        }

        try
        {
            var builder = new SqlConnectionStringBuilder(text);
            return builder switch
            {
                { DataSource.Length: 0 } => "Storage:ConnectionString must name a Server.",
                { InitialCatalog.Length: 0 } => "Storage:ConnectionString must name a Database.",
                _ => null,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // What it complains of may be a part of the password.
            return "Storage:ConnectionString can't be read: it is a list of Name=value, separated by semicolons; a value that holds one stands in quotes.";
        }
    }

    /// <summary>Ours is what the code relies on: one statement at a time, and no transaction but our own.</summary>
    public static string Complete(string text)
    {
        var builder = new SqlConnectionStringBuilder(text) { MultipleActiveResultSets = false, Enlist = false };
        if (!builder.ShouldSerialize("Application Name"))
        {
            builder.ApplicationName = Application;
        }

        return builder.ToString();
    }
}
