using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Account;

/// <summary>The own account: name and language, password, sessions.</summary>
public sealed partial class ManagePage
{
    private OwnProfile _present = new("", "", "", Languages.Default.Code, false);
    private string? _message;
    private string? _error;
    private ValidationResult? _profileFaults;
    private ValidationResult? _passwordFaults;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>What was just done, after the redirect that keeps a reload from doing it again.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "profile")]
    private ProfileForm? Profile { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm? Password { get; set; }

    [Inject]
    private OwnAccount Account { get; set; } = null!;

    [Inject]
    private HubSignIn SignIn { get; set; } = null!;

    [Inject]
    private LogInLimit Limit { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        // Before the first await: the page is rendered once while the account is being read.
        var posted = Profile;
        Profile ??= new();
        _present = await Account.ReadAsync(await Actor.GetAsync(), Http.RequestAborted) ?? _present;
        Profile = posted ?? new() { DisplayName = _present.DisplayName, Culture = _present.Culture };
        _message = Done switch
        {
            "profile" => T["Manage_Saved"].Value,
            "email" => T["Email_Changed"].Value,
            "password" => T["Password_Changed"].Value,
            _ => null,
        };
    }

    private async Task SaveProfileAsync()
    {
        var input = new ProfileInput(Profile!.DisplayName ?? "", Profile.Culture ?? "");
        (var user, _profileFaults) = await Account.SaveAsync(await Actor.GetAsync(), input, Http.RequestAborted);
        if (user is not null)
        {
            await SignIn.ContinueAsync(user, Http.User);
            Http.RememberLanguage(user.Culture);
            Navigation.NavigateTo($"{AccountPaths.Manage}?done=profile");
        }
    }

    private async Task ChangePasswordAsync()
    {
        var actor = await Actor.GetAsync();
        if (await Limit.EnterAsync(Http, _present.UserName) is { } wait)
        {
            _error = T["LogIn_TooMany", Http.RefuseUntil(wait)];
            return;
        }

        var input = new PasswordInput(Password?.Present ?? "", Password?.Fresh ?? "", Password?.Repeated ?? "");
        (var user, _passwordFaults) = await Account.ChangePasswordAsync(actor, input, CancellationToken.None);
        if (user is not null)
        {
            await SignIn.ContinueAsync(user, Http.User);
            Navigation.NavigateTo($"{AccountPaths.Manage}?done=password");
        }
    }

    private async Task EndSessionsAsync()
    {
        await Account.EndSessionsAsync(await Actor.GetAsync(), CancellationToken.None);
        await SignIn.SignOutAsync();
        Navigation.NavigateTo(AccountPaths.LogIn);
    }

    /// <summary>What the profile form posts.</summary>
    public sealed class ProfileForm
    {
        public string? DisplayName { get; set; }

        public string? Culture { get; set; }
    }

    /// <summary>What the password form posts.</summary>
    public sealed class PasswordForm
    {
        public string? Present { get; set; }

        public string? Fresh { get; set; }

        public string? Repeated { get; set; }
    }
}
