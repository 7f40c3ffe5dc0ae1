using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>A link that people got for themselves ends the lock after wrong passwords, and never an admin's.</summary>
public sealed class LockedResetTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string NewPassword = "п’ять не пов’язаних слів";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AccountLinks Links => hub.Host.Services.GetRequiredService<AccountLinks>();

    [Fact]
    public async Task LockAfterWrongPasswords_IsEndedByTheMailedLink()
    {
        var user = await hub.Host.AddUserAsync("guessed", AccountHub.Password);
        using var browser = hub.Host.NewBrowser();
        for (var guess = 0; guess < Lockout.Failures; guess++)
        {
            using var refused = await browser.LogInAsync("guessed", $"wrong {guess}");
        }

        Assert.NotNull((await hub.ReadAsync(user.Id)).LockoutEnd);
        using var asked = await browser.SubmitAsync("/account/forgotten", "forgotten", ("Form.Email", user.Email!));
        var link = Mailbox.LinkOf(await hub.Mailbox.ArrivedAsync(user.Email!));

        using var set = await SetAsync(browser, link);

        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
        Assert.Null((await hub.ReadAsync(user.Id)).LockoutEnd);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var signedIn = await hub.Host.SignInAsync("guessed", NewPassword);
    }

    [Fact]
    public async Task AdminsLock_StaysToItsLastMinute_WhateverLinkTheOwnerHas()
    {
        var admin = await hub.Host.AddUserAsync("warden", AccountHub.Password, Role.Admin);
        var user = await hub.Host.AddUserAsync("locked", AccountHub.Password);
        var people = hub.Host.Services.GetRequiredService<PeopleAdmin>();
        Assert.Null(await people.LockAsync(admin.ToActor("test"), user.Id, Token));
        hub.Time.Advance(PeopleAdmin.LockDuration - TimeSpan.FromMinutes(1));
        var locked = await hub.ReadAsync(user.Id);

        // None is mailed; this is what a mistake of the mailing would let out.
        var token = Links.ForOwner(locked);
        using var browser = hub.Host.NewBrowser();
        using var opened = await browser.GetAsync(Path(token), Token);
        var (nobody, faults) = await hub
            .Host.Services.GetRequiredService<AccountSetup>()
            .CompleteAsync(token, new AdminInput("", "Name", "", NewPassword, NewPassword), null, Token);

        Assert.Equal(HttpStatusCode.Gone, opened.StatusCode);
        Assert.Null(nobody);
        Assert.Equal(nameof(AccountFault.LinkDead), Assert.Single(faults.Errors).ErrorCode);
        var after = await hub.ReadAsync(user.Id);
        Assert.Equal((locked.LockoutEnd, locked.PasswordHash), (after.LockoutEnd, after.PasswordHash));

        // The time ends it, and then the same link is one as any other.
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        using var set = await SetAsync(browser, Path(token));
        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
    }

    [Fact]
    public async Task AdminsLink_EndsAnAdminsLock()
    {
        var until = hub.Time.GetUtcNow().AddHours(5);
        var user = await hub.Host.AddUserAsync(
            "forgiven",
            AccountHub.Password,
            change: row => Lockout.Lock(row, until)
        );
        using var browser = hub.Host.NewBrowser();

        using var set = await SetAsync(browser, Path(Links.ForAccount(user)));

        var after = await hub.ReadAsync(user.Id);
        Assert.Equal((HttpStatusCode.Found, null, false), (set.StatusCode, after.LockoutEnd, after.LockedByAdmin));
    }

    [Fact]
    public void LockAfterWrongPasswords_IsNotTakenForTheAdminsBefore()
    {
        var now = hub.Time.GetUtcNow();
        var user = new HubUser { DisplayName = "Name" };
        Lockout.Lock(user, now.AddHours(1));
        now = now.AddHours(2);
        for (var guess = 0; guess < Lockout.Failures; guess++)
        {
            Lockout.CountFailure(user, now);
        }

        Assert.True(Lockout.IsLocked(user, now));
        Assert.False(Lockout.IsLockedByAdmin(user, now));
    }

    private static string Path(string token) => $"/account/setup?token={Uri.EscapeDataString(token)}";

    private static Task<HttpResponseMessage> SetAsync(HttpClient browser, string path) =>
        browser.SubmitAsync(
            path,
            "setup",
            ("Form.DisplayName", "Name"),
            ("Form.Password", NewPassword),
            ("Form.Repeated", NewPassword)
        );
}
