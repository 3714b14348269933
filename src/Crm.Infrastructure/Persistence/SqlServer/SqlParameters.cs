using System.Data;
using System.Reflection;
using System.Text;
using Crm.Domain;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Gives a command the properties of a record as its parameters, each of the type its property has, also where it is null.</summary>
internal static class SqlParameters
{
    /// <summary>The longest NVARCHAR that isn't NVARCHAR(MAX); one size for all shorter texts, so that a statement has one plan.</summary>
    private const int LongestText = 4000;

    /// <summary>The longest VARBINARY that isn't VARBINARY(MAX).</summary>
    private const int LongestBinary = 8000;

    public static void Bind<TParameters>(SqlCommand command, TParameters values)
        where TParameters : class
    {
        foreach (var property in Properties<TParameters>.All)
        {
            command.Parameters.Add(Create("@" + property.Name, property.PropertyType, property.GetValue(values)));
        }
    }

    /// <summary>The type of a column or parameter that holds a property's values.</summary>
    public static SqlDbType TypeOf(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int64 => SqlDbType.BigInt,
        TypeCode.Int32 => SqlDbType.Int,
        TypeCode.Boolean => SqlDbType.Bit,
        TypeCode.String => SqlDbType.NVarChar,
        _ when type == typeof(byte[]) => SqlDbType.VarBinary,
        _ when typeof(SqlRows).IsAssignableFrom(type) => SqlDbType.Structured,
        _ => throw new NotSupportedException($"No parameter is of type {type}."),
    };

    /// <summary>
    /// A text as every engine takes it. Half a surrogate pair is none, and U+0000 is no character of a PostgreSQL text, which Babelfish's
    /// are. Telegram sends neither, but one that came would otherwise keep all that follows from being stored.
    /// </summary>
    public static string Storable(string text)
    {
        var wellFormed = Utf16.IsWellFormed(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return wellFormed.Contains('\0') ? wellFormed.Replace('\0', '\uFFFD') : wellFormed;
    }

    private static SqlParameter Create(string name, Type type, object? value)
    {
        var parameter = new SqlParameter(name, TypeOf(type));
        switch (value)
        {
            case SqlRows rows:
                parameter.TypeName = rows.TypeName;
                parameter.Value = rows.ToRecords();
                return parameter;
            case string text:
                parameter.Size = text.Length <= LongestText ? LongestText : -1;
                parameter.Value = Storable(text);
                return parameter;
            case byte[] bytes:
                parameter.Size = bytes.Length <= LongestBinary ? LongestBinary : -1;
                parameter.Value = bytes;
                return parameter;
            default:
                parameter.Value = value ?? DBNull.Value;
                return parameter;
        }
    }

    private static class Properties<TParameters>
    {
        public static readonly PropertyInfo[] All = typeof(TParameters).GetProperties(BindingFlags.Public | BindingFlags.Instance);
    }
}
