using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Points;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Account;

/// <summary>The own account: name and language, and what of verification, level and commission holds.</summary>
public sealed partial class ManagePage
{
    private OwnProfile _present = new("", "", "", Languages.Default.Code, false);
    private string? _message;
    private Standing? _standing;
    private OwnVerification? _verification;
    private ValidationResult? _profileFaults;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>What was just done, after the redirect that keeps a reload from doing it again.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "profile")]
    private ProfileForm? Profile { get; set; }

    [Inject]
    private OwnAccount Account { get; set; } = null!;

    [Inject]
    private PointQueries Points { get; set; } = null!;

    [Inject]
    private VerificationQueries Verifications { get; set; } = null!;

    [Inject]
    private HubSignIn SignIn { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        // Before the first await: the page is rendered once while the account is being read.
        var posted = Profile;
        Profile ??= new();
        var actor = await Actor.GetAsync();
        if (actor.ViewerId is not null)
        {
            Navigation.NavigateTo("/");
            return;
        }

        // Whoever is gone meanwhile is signed out with the next request.
        if (await Account.ReadAsync(actor, Http.RequestAborted) is { } present)
        {
            _present = present;
            await ReadStandingAsync(actor);
        }

        Profile = posted ?? new() { DisplayName = _present.DisplayName, Culture = _present.Culture };
        _message = Done switch
        {
            "profile" => T["Manage_Saved"].Value,
            "email" => T["Email_Changed"].Value,
            _ => null,
        };
    }

    private async Task ReadStandingAsync(Actor actor)
    {
        _standing = await Points.StandingAsync(actor, userId: null, Http.RequestAborted);
        _verification = actor.Role is Role.Agent ? await Verifications.OwnAsync(actor, Http.RequestAborted) : null;
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

    /// <summary>What the profile form posts.</summary>
    public sealed class ProfileForm
    {
        public string? DisplayName { get; set; }

        public string? Culture { get; set; }
    }
}
