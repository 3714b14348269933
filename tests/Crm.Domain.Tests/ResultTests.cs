namespace Crm.Domain.Tests;

public sealed class ResultTests
{
    private static readonly Error Refusal = new("test.refused", ErrorCategory.Conflict, "No.");

    [Test]
    public void Match_WhenThereIsAValue_TakesTheFirstWay()
    {
        Result<int> result = 7;

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(result.Match(value => $"value {value}", error => error.Code), Is.EqualTo("value 7"));
    }

    [Test]
    public void Match_WhenThereIsAnError_TakesTheSecondWay()
    {
        Result<int> result = Refusal;

        Assert.That(result.IsSuccess, Is.False);
        Assert.That(result.Match(value => $"value {value}", error => error.Code), Is.EqualTo("test.refused"));
    }

    [Test]
    public void Value_WhenThereIsAnError_Throws()
    {
        Result<int> result = Refusal;

        Assert.That(() => result.Value, Throws.InvalidOperationException.With.Message.Contains("test.refused"));
    }

    [Test]
    public void Success_WhenTheValueIsNull_IsStillASuccess()
    {
        var result = Result.Success<string?>(null);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(result.Value, Is.Null);
    }

    [Test]
    public void Map_WhenThereIsAnError_KeepsIt()
    {
        Result<int> result = Refusal;

        Assert.That(result.Map(value => value + 1).Error, Is.SameAs(Refusal));
        Assert.That(((Result<int>)1).Map(value => value + 1).Value, Is.EqualTo(2));
    }

    [Test]
    public void Match_WhenNothingIsAnswered_TellsSuccessFromFailure()
    {
        Result failure = Refusal;

        Assert.That(Result.Success().Match(() => "done", error => error.Code), Is.EqualTo("done"));
        Assert.That(failure.Match(() => "done", error => error.Code), Is.EqualTo("test.refused"));
    }

    [Test]
    public void Validation_WhenAFieldIsWrong_NamesIt()
    {
        var error = Error.Validation("code", "missing");

        Assert.That((error.Code, error.Category), Is.EqualTo(("validation.failed", ErrorCategory.Validation)));
        Assert.That(error.Fields!["code"], Is.EqualTo(new[] { "missing" }));
    }
}
