using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.People;

/// <summary>Makes an account and shows the one-time link to it, once.</summary>
public sealed partial class NewPersonPage
{
    private PersonForm _form = new();
    private IReadOnlyList<TeamItem>? _teams;
    private ValidationResult? _faults;
    private Actor? _actor;
    private string? _link;
    private string? _mailedTo;
    private string? _message;
    private Guid _created;
    private bool _isSaving;

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    [Inject]
    private PeopleInvitation Invitation { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            _actor = await Actor.GetAsync();
            await StartAnewAsync();
        }
    }

    private async Task StartAnewAsync()
    {
        (_form, _faults, _link, _mailedTo, _message) = (new(), null, null, null, null);
        _teams = await People.TeamsAsync(_actor!, CancellationToken.None);
    }

    private Task SaveAsync() =>
        TryAsync(async () =>
        {
            (_created, var token, _faults) = await Invitation.InviteAsync(
                _actor!,
                _form.ToInput(),
                CancellationToken.None
            );
            _link = token is null ? null : AccountStartup.Link(Navigation.BaseUri, token);
        });

    private Task MailLinkAsync() =>
        TryAsync(async () =>
        {
            var fault = await Invitation.MailLinkAsync(_actor!, _created, CancellationToken.None);
            _message = fault is null ? null : $"Fault_{fault}";
            _mailedTo = fault is null ? _form.Email : null;
        });

    private async Task TryAsync(Func<Task> act)
    {
        // A second click comes in before the button is seen disabled.
        if (_isSaving)
        {
            return;
        }

        (_isSaving, _message) = (true, null);
        try
        {
            await act();
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            _message = key;
        }
        finally
        {
            _isSaving = false;
        }
    }
}
