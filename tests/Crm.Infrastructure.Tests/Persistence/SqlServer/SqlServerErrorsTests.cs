using System.Reflection;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

public sealed class SqlServerErrorsTests
{
    private const int Babelfish = 33557097;

    [TestCase(1205, "deadlock victim", StorageTrouble.Busy)]
    [TestCase(-2, "Execution Timeout Expired", StorageTrouble.Busy)]
    [TestCase(Babelfish, "could not serialize access due to concurrent update", StorageTrouble.Busy)]
    [TestCase(1105, "filegroup full", StorageTrouble.Full)]
    [TestCase(Babelfish, "could not extend file: No space left on device", StorageTrouble.Full)]
    [TestCase(3906, "read-only", StorageTrouble.ReadOnly)]
    [TestCase(824, "logical consistency-based I/O error", StorageTrouble.Damaged)]
    [TestCase(18456, "Login failed", StorageTrouble.Unreachable)]
    [TestCase(911, "database does not exist", StorageTrouble.Unreachable)]
    [TestCase(10054, "connection reset", StorageTrouble.Unreachable)]
    [TestCase(18401, "Server is in script upgrade mode", StorageTrouble.Unreachable)]
    [TestCase(922, "Database is being recovered", StorageTrouble.Unreachable)]
    [TestCase(4902, "Cannot find the object because it does not exist or you do not have permissions", StorageTrouble.Unreachable)]
    public void FindTrouble_WhenTheServerCannotAnswer_SaysWhy(int number, string message, StorageTrouble trouble) =>
        Assert.That(SqlServerErrors.FindTrouble(Error(number, message)), Is.EqualTo(trouble));

    [TestCase(207, "Invalid column name")]
    [TestCase(208, "Invalid object name")]
    [TestCase(2627, "Violation of UNIQUE KEY")]
    [TestCase(Babelfish, "relation \"x\" does not exist")]
    public void FindTrouble_WhenTheStatementIsRefused_IsNone(int number, string message) =>
        Assert.That(SqlServerErrors.FindTrouble(Error(number, message)), Is.Null);

    [TestCase(1205, "", true)]
    [TestCase(3960, "", true)]
    [TestCase(40613, "", true)]
    [TestCase(Babelfish, "could not serialize access", true)]
    [TestCase(Babelfish, "column \"x\" does not exist", false)]
    [TestCase(-2, "", false)]
    [TestCase(10054, "", false)]
    public void IsPassing_WhenTheServerHasUndoneTheTransaction_IsTrue(int number, string message, bool isPassing) =>
        Assert.That(SqlServerErrors.IsPassing(Error(number, message)), Is.EqualTo(isPassing));

    [TestCase(1205, "", true)]
    [TestCase(Babelfish, "could not serialize access", true)]
    [TestCase(40613, "", false)]
    [TestCase(40197, "", false)]
    [TestCase(-2, "", false)]
    public void IsUndone_WhenACommitFailed_IsTrueOnlyWhereItSurelyLeftNothing(int number, string message, bool isUndone) =>
        Assert.That(SqlServerErrors.IsUndone(Error(number, message)), Is.EqualTo(isUndone));

    [TestCase(18456)]
    [TestCase(4060)]
    [TestCase(262)]
    [TestCase(1088)]
    [TestCase(4902)]
    [TestCase(229)]
    [TestCase(53)]
    public void Wrap_WhenTheConfigurationMayBeWrong_NamesTheKeyAndNothingTheServerSaid(int number)
    {
        var wrapped = SqlServerErrors.Wrap(Error(number, "for user 'hunter2'"), StorageTrouble.Unreachable);

        Assert.That(wrapped.Message, Does.Contain("Storage:ConnectionString").And.Not.Contain("hunter2"));
    }

    private static SqlException Error(int number, string message)
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        var error = typeof(SqlError).GetConstructors(any).Single(one => one.GetParameters() is [_, _, _, _, _, _, _, { ParameterType.Name: nameof(Exception) }])
            .Invoke([number, (byte)0, (byte)16, "server", message, "procedure", 1, null]);
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", any)!.Invoke(errors, [error]);
        return (SqlException)typeof(SqlException).GetMethod("CreateException", any, [typeof(SqlErrorCollection), typeof(string)])!
            .Invoke(null, [errors, "15.0"])!;
    }
}
