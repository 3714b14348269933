using Crm.Application.Ports.Security;
using Crm.Domain;
using Crm.Infrastructure.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Crm.Infrastructure.Tests.Security;

public sealed class PasswordHashingTests
{
    [Test]
    public async Task VerifyAsync_WhenThePasswordIsRightOrWrong_SaysSo()
    {
        using var hashing = Create(1000);
        var hash = (await hashing.HashAsync("correct horse", default)).Value;

        Assert.That(hash, Does.Not.Contain("horse"));
        Assert.That((await hashing.VerifyAsync(hash, "correct horse", default)).Value, Is.EqualTo(PasswordVerdict.Right));
        Assert.That((await hashing.VerifyAsync(hash, "Correct horse", default)).Value, Is.EqualTo(PasswordVerdict.Wrong));
    }

    [Test]
    public async Task HashAsync_WhenTwoPasswordsAreTheSame_HashesThemDifferently()
    {
        using var hashing = Create(1000);

        var first = (await hashing.HashAsync("p", default)).Value;

        Assert.That((await hashing.HashAsync("p", default)).Value, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task VerifyAsync_WhenIterationsWereRaised_AsksForANewHash()
    {
        using var old = Create(1000);
        using var current = Create(2000);
        var hash = (await old.HashAsync("p", default)).Value;

        Assert.That((await current.VerifyAsync(hash, "p", default)).Value, Is.EqualTo(PasswordVerdict.RightButOutdated));
    }

    [Test]
    public async Task VerifyAsync_WhenThereIsNoHash_IsWrongWhateverThePassword()
    {
        using var hashing = Create(1000);

        Assert.That(
            (await hashing.VerifyAsync(null, "a password that no account has", default)).Value, Is.EqualTo(PasswordVerdict.Wrong));
    }

    [Test]
    public async Task HashAsync_WhenTooManyWait_RefusesTheRest()
    {
        using var hashing = Create(3000);

        var asked = new List<Task<Result<string>>>();
        do
        {
            asked.Add(hashing.HashAsync("p", default));
        }
        while (asked[^1] is not { IsCompletedSuccessfully: true, Result.IsSuccess: false });

        var outcomes = await Task.WhenAll(asked);

        var refused = outcomes.Where(outcome => !outcome.IsSuccess).ToList();
        Assert.That(refused, Is.Not.Empty);
        Assert.That(refused.Select(outcome => outcome.Error!.Category), Is.All.EqualTo(ErrorCategory.Unavailable));
        Assert.That(outcomes.Count(outcome => outcome.IsSuccess), Is.GreaterThanOrEqualTo(PasswordHashing.MaxWaiting));
        Assert.That((await hashing.HashAsync("p", default)).IsSuccess, Is.True);
    }

    private static PasswordHashing Create(int iterations) => new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
}
