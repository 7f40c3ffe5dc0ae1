using FluentValidation.Results;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.People;

/// <summary>One person for an admin: name, role, team and owner in a form, access by single acts that ask first.</summary>
public sealed partial class PersonPage
{
    private IReadOnlyList<TeamItem> _teams = [];
    private IReadOnlyList<OwnerChoice> _owners = [];
    private IReadOnlyList<string> _aliases = [];
    private ValidationResult? _faults;
    private PersonRow? _person;
    private PersonForm? _form;
    private Actor? _actor;
    private Guid _read;
    private string? _link;
    private string? _message;
    private bool _isFault;
    private bool _isMissing;
    private bool _isActing;

    /// <summary>The account.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    [Inject]
    private PeopleAdmin Admin { get; set; } = null!;

    [Inject]
    private PeopleInvitation Invitation { get; set; } = null!;

    [Inject]
    private OwnerLinking Linking { get; set; } = null!;

    [Inject]
    private OwnerAliases Aliases { get; set; } = null!;

    [Inject]
    private ViewLog Views { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool IsOwn => _person!.Id == _actor!.UserId;

    private bool IsLocked => _person!.LockedUntil > Time.GetUtcNow();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _read == Id)
        {
            return;
        }

        _read = Id;
        (_person, _link, _message, _isMissing) = (null, null, null, false);
        _actor ??= await Actor.GetAsync();
        await TryAsync(ReadAsync);
        if (_person is not null)
        {
            Views.SawPerson(_actor, Id);
        }
    }

    private async Task<string?> ReadAsync()
    {
        _person = await People.PersonAsync(_actor!, Id, CancellationToken.None);
        _teams = await People.TeamsAsync(_actor!, CancellationToken.None);
        _owners = await Linking.ChoicesAsync(_actor!, CancellationToken.None);
        _aliases = await Aliases.OfAsync(_actor!, Id, CancellationToken.None);
        (_form, _faults) = (PersonForm.Of(_person), null);
        return null;
    }

    private Task RefreshAsync() => TryAsync(ReadAsync);

    private async Task SaveAsync()
    {
        if (_form!.Role != _person!.Role && !await AskAboutRoleAsync())
        {
            return;
        }

        await TryAsync(async () =>
        {
            _faults = await Admin.ChangeAsync(_actor!, Id, _form.ToInput(), CancellationToken.None);
            if (!_faults.IsValid)
            {
                return null;
            }

            await Linking.LinkAsync(_actor!, Id, _form.Owner.Length == 0 ? null : _form.Owner, CancellationToken.None);
            var (role, team) = (_person.Role, _person.TeamId);
            await ReadAsync();
            return T[(role, team) == (_person.Role, _person.TeamId) ? "Saved" : "Saved_Rights"];
        });
    }

    private Task<bool> AskAboutRoleAsync() =>
        ConfirmDialog.AskAsync(
            Dialogs,
            T["Ask_Role_Title", _person!.DisplayName],
            T["Ask_Role_Text", Shared[$"User_Role_{_person.Role}"], Shared[$"User_Role_{_form!.Role}"]],
            T["Ask_Role_Act"]
        );

    private async Task NewLinkAsync()
    {
        if (await AskAsync("Link", isDestructive: false))
        {
            await TryAsync(async () =>
            {
                var (token, fault) = await Invitation.NewLinkAsync(_actor!, Id, CancellationToken.None);
                _link = token is null ? null : AccountStartup.Link(Navigation.BaseUri, token);
                return Refusal(fault);
            });
        }
    }

    private async Task MailLinkAsync()
    {
        if (await AskAsync("MailLink", isDestructive: false))
        {
            await TryAsync(async () =>
                Refusal(await Invitation.MailLinkAsync(_actor!, Id, CancellationToken.None))
                ?? T["Done_MailLink", _person!.Email]
            );
        }
    }

    private async Task LockAsync()
    {
        if (await AskAsync("Lock", isDestructive: true))
        {
            await ActAsync("Lock", Admin.LockAsync);
        }
    }

    private Task UnlockAsync() => ActAsync("Unlock", Admin.UnlockAsync);

    private async Task EndSessionsAsync()
    {
        if (await AskAsync("EndSessions", isDestructive: true))
        {
            await ActAsync("EndSessions", Admin.EndSessionsAsync);
        }
    }

    private async Task SwitchOffAsync()
    {
        if (await AskAsync("SwitchOff", isDestructive: true))
        {
            await ActAsync("SwitchOff", Admin.SwitchOffAsync);
        }
    }

    private Task SwitchOnAsync() => ActAsync("SwitchOn", Admin.SwitchOnAsync);

    private Task<bool> AskAsync(string act, bool isDestructive) =>
        ConfirmDialog.AskAsync(
            Dialogs,
            T[$"Ask_{act}_Title", _person!.DisplayName],
            T[$"Ask_{act}_Text"],
            T[$"Access_{act}"],
            isDestructive
        );

    private Task ActAsync(string act, Func<Actor, Guid, CancellationToken, Task<AccountFault?>> admin) =>
        TryAsync(async () =>
        {
            var refusal = Refusal(await admin(_actor!, Id, CancellationToken.None));
            _person = await People.PersonAsync(_actor!, Id, CancellationToken.None);
            return refusal ?? T[$"Done_{act}"];
        });

    private string? Refusal(AccountFault? fault)
    {
        _isFault = fault is not null;
        return fault is null ? null : T[$"Fault_{fault}"].Value;
    }

    // Gives what to say; whoever says something bad sets the mark for it first.
    private async Task TryAsync(Func<Task<string?>> command)
    {
        if (_isActing)
        {
            return;
        }

        (_isActing, _isFault, _message, _link) = (true, false, null, null);
        try
        {
            _message = await command();
        }
        catch (NotFoundException)
        {
            _isMissing = true;
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            (_isFault, _message) = (true, T[key]);
        }
        finally
        {
            _isActing = false;
        }
    }
}
