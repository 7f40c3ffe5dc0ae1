using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>Makes accounts of a pasted list, with a preview before and the one-time links after, shown once.</summary>
public sealed partial class InviteManyPage
{
    private IReadOnlyList<PastedPerson> _people = [];
    private IReadOnlyList<(PersonInput Input, string? Token, ValidationResult Faults)>? _invited;
    private IReadOnlyList<TeamItem>? _teams;
    private Actor? _actor;
    private string _text = "";
    private string _team = "";
    private string? _message;
    private bool _isActing;

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    [Inject]
    private PeopleInvitation Invitation { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private List<PersonInput> Good =>
        [.. _people.Where(person => person.Faults.IsValid).Select(person => person.Input)];

    private List<(PersonInput Input, string? Token, ValidationResult Faults)> Made =>
        [.. _invited!.Where(one => one.Token is not null)];

    private List<(PersonInput Input, string? Token, ValidationResult Faults)> Refused =>
        [.. _invited!.Where(one => one.Token is null)];

    private string Links =>
        string.Join(
            '\n',
            Made.Select(one =>
                $"{one.Input.DisplayName}\t{one.Input.Email}\t{AccountStartup.Link(Navigation.BaseUri, one.Token!)}"
            )
        );

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            _actor = await Actor.GetAsync();
            _teams = await People.TeamsAsync(_actor, CancellationToken.None);
        }
    }

    private void Read() =>
        _people = PastedPeople.Read(
            _text,
            _teams!,
            Guid.TryParse(_team, out var team) ? team : null,
            Languages.Default.Code
        );

    private void StartAnew() => (_text, _people, _invited) = ("", [], null);

    private async Task InviteAsync()
    {
        Read();
        if (_isActing || Good.Count == 0)
        {
            return;
        }

        (_isActing, _message) = (true, null);
        try
        {
            var good = await Invitation.InviteManyAsync(_actor!, Good, CancellationToken.None);
            _invited =
            [
                .. good,
                .. _people
                    .Where(person => !person.Faults.IsValid)
                    .Select(person => (person.Input, (string?)null, person.Faults)),
            ];
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            _message = T[key];
        }
        finally
        {
            _isActing = false;
        }
    }

    private string? TeamOf(PersonInput person) =>
        person.NewTeam is { } name
            ? T["Many_NewTeam", name]
            : _teams!.FirstOrDefault(team => team.Id == person.TeamId)?.Name ?? "—";

    private string Faults(ValidationResult faults) =>
        string.Join(
            " ",
            faults.Errors.Select(fault =>
                Account[$"Fault_{fault.ErrorCode}", PasswordRules.Minimum, PasswordRules.Maximum]
                    is { ResourceNotFound: false } text
                    ? text.Value
                    : T[$"Fault_{fault.ErrorCode}"].Value
            )
        );
}
