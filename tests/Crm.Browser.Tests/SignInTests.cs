using Crm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Browser.Tests;

/// <summary>The way in, and what is said when it is refused.</summary>
[TestFixture]
internal sealed class SignInTests : BrowserFixture
{
    [Test]
    public async Task SignIn_WhenThereIsNoCloudPassword_LeadsThroughAccountPhoneAndCodeToTheDialogs()
    {
        var tab = await OpenAsync();
        var person = World.NewPerson();
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await tab.ShootAsync("sign-in-account");

        await tab.EnterAccountAsync(person);
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Connect Telegram");
        await tab.ShootAsync("sign-in-phone");
        await tab.EnterPhoneAsync(person);
        await Expect(tab.Page.Locator(".lead")).ToContainTextAsync(person.Phone);
        await Expect(tab.Page.Locator(".card")).ToContainTextAsync("It has 5 digits.");
        await tab.ShootAsync("sign-in-code");
        await tab.EnterCodeAsync();

        await tab.InboxAsync();
        await World.KnowAsync(person);
        Assert.That((bool)(await World.CallAsync(person, "connection"))["listening"]!, Is.True);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task SignIn_WhenThereIsACloudPassword_TakesItBeforeOrAfterTheCode(bool isGivenFirst)
    {
        var tab = await OpenAsync();
        tab.ExpectFailures();
        var person = Support.World.PersonWithCloudPassword();
        await tab.EnterAccountAsync(person);
        await tab.EnterPhoneAsync(person, isGivenFirst ? World.CloudPassword : "");
        await tab.EnterCodeAsync();
        if (!isGivenFirst)
        {
            await Expect(tab.Page.Locator(".lead")).ToContainTextAsync("also has a cloud password");
            await tab.Page.FillAsync("input[name=password]", "not this one");
            await tab.Page.ClickAsync("button[type=submit]");
            await Expect(Wrong(tab, "password")).ToHaveTextAsync("The cloud password is wrong.");
            await tab.Page.FillAsync("input[name=password]", World.CloudPassword);
            await tab.Page.ClickAsync("button[type=submit]");
        }

        await tab.InboxAsync();
    }

    [Test]
    public async Task Code_WhenItIsWrong_SaysSoBesideTheFieldAndHowManyTriesAreLeft()
    {
        var tab = await OpenAsync();
        tab.ExpectFailures();
        var person = World.NewPerson();
        await tab.EnterAccountAsync(person);
        await tab.EnterPhoneAsync(person);

        await tab.EnterCodeAsync("11111");

        await Expect(Wrong(tab, "code")).ToHaveTextAsync("The code is wrong.");
        await Expect(tab.Page.Locator(".card")).ToContainTextAsync("4 tries left.");
        await Expect(tab.Page.Locator("input[name=code]")).ToBeFocusedAsync();
        await tab.EnterCodeAsync();
        await tab.InboxAsync();
    }

    [Test]
    public async Task Code_WhenAllTriesAreUsedUp_OffersANewOne()
    {
        var tab = await OpenAsync();
        tab.ExpectFailures();
        var person = World.NewPerson();
        await tab.EnterAccountAsync(person);
        await tab.EnterPhoneAsync(person);
        for (var i = 4; i >= 1; i--)
        {
            await tab.EnterCodeAsync("11111");
            await Expect(tab.Page.Locator(".card")).ToContainTextAsync(i == 1 ? "1 try left." : $"{i} tries left.");
        }

        await tab.EnterCodeAsync("11111");
        await Expect(Wrong(tab, "code")).ToContainTextAsync("Ask for a new one");
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask for a new code" }).ClickAsync();

        // The field is another one once the code has been asked for.
        await Expect(tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask for a new code" })).ToHaveCountAsync(0);
        await tab.EnterCodeAsync();

        await tab.InboxAsync();
    }

    [Test]
    public async Task Account_WhenThePasswordIsWrong_SaysSoBesideTheField()
    {
        var person = await World.SignedInAsync();
        var tab = await OpenAsync("ru-RU");
        tab.ExpectFailures();

        await tab.EnterAccountAsync(person, "wrong");
        await Expect(Wrong(tab, "password")).ToHaveTextAsync("Неверный логин или пароль.");
        await tab.ShootAsync("sign-in-wrong-password-ru");

        await tab.SignInAsync(person);
    }

    [Test]
    public async Task Account_WhenFieldsAreEmptyOrNotNumbers_NamesEach()
    {
        var tab = await OpenAsync();
        await tab.Page.ClickAsync("button[type=submit]");
        foreach (var name in new[] { "login", "password", "id_api", "api_hash" })
        {
            await Expect(Wrong(tab, name)).Not.ToBeEmptyAsync();
        }

        await tab.EnterAccountAsync(World.NewPerson());
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Connect Telegram");
    }

    [Test]
    public async Task Phone_WhenTelegramRefusesIt_SaysSoBesideTheField()
    {
        var tab = await OpenAsync();
        tab.ExpectFailures();
        var person = World.NewPerson();
        await tab.EnterAccountAsync(person);

        await tab.EnterPhoneAsync(person with { Phone = "12" });
        await Expect(Wrong(tab, "phone")).ToHaveTextAsync("7 to 15 digits with the country code.");
        await tab.EnterPhoneAsync(person with { Phone = "9996629999" });
        await tab.EnterCodeAsync();
        await Expect(tab.Page.Locator(".card")).ToContainTextAsync("There is no Telegram account with this phone.");
    }

    [Test]
    public async Task Sandbox_WhenItsHintIsUsed_SignsIn()
    {
        await using var world = await World.StartAsync(operators: 2);
        var context = await Chromium.Browser.NewContextAsync(new BrowserNewContextOptions { Locale = "en" });
        context.SetDefaultTimeout(Chromium.Patience);
        var tab = new Tab(await context.NewPageAsync(), world);
        await tab.Page.GotoAsync(world.Url.ToString());
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await tab.Page.Locator(".sandbox button").ClickAsync();
            var step = await tab.Page.Locator("h1").TextContentAsync();
            await tab.Page.ClickAsync("button[type=submit]");
            await Expect(tab.Page.Locator("h1")).Not.ToHaveTextAsync(step!);
        }

        await tab.InboxAsync();
        await tab.CloseAsync();
        Assert.That(tab.Troubles, Is.Empty);
    }

    private static ILocator Wrong(Tab tab, string field) => tab.Page.Locator($".field:has(input[name={field}]) .wrong");
}
