using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>The other names under which HubSpot knows a person, to add to and take from.</summary>
public sealed partial class AliasList
{
    private IReadOnlyList<string> _names = [];
    private IReadOnlyList<string>? _given;
    private string? _typed;
    private string? _fault;
    private bool _isOpen;
    private bool _isActing;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Whose names they are.</summary>
    [Parameter, EditorRequired]
    public Guid UserId { get; set; }

    /// <summary>That person's name.</summary>
    [Parameter, EditorRequired]
    public string UserName { get; set; } = "";

    /// <summary>The names as last read.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>Called after a name was added or taken away.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private OwnerAliases Aliases { get; set; } = null!;

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_given, Names))
        {
            (_given, _names) = (Names, Names);
        }
    }

    private void Open() => _isOpen = true;

    private Task AddAsync() =>
        ActAsync(async () =>
        {
            if (await Aliases.AddAsync(Actor, UserId, _typed, CancellationToken.None) is { } refusal)
            {
                return T[$"Alias_{refusal.Fault}", refusal.Holder ?? ""];
            }

            (_typed, _isOpen) = (null, false);
            return null;
        });

    private Task RemoveAsync(string name) =>
        ActAsync(async () =>
        {
            await Aliases.RemoveAsync(Actor, UserId, name, CancellationToken.None);
            return null;
        });

    // Gives what is wrong with the typed name, if anything.
    private async Task ActAsync(Func<Task<string?>> act)
    {
        if (_isActing)
        {
            return;
        }

        (_isActing, _fault) = (true, null);
        try
        {
            _fault = await act();
            _names = await Aliases.OfAsync(Actor, UserId, CancellationToken.None);
            if (_fault is null)
            {
                await OnChanged.InvokeAsync();
            }
        }
        catch (NotFoundException)
        {
            _fault = T["Alias_Gone"];
        }
        catch (ForbiddenException)
        {
            _fault = T["Alias_Forbidden"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Alias_Failed"];
        }
        finally
        {
            _isActing = false;
        }
    }
}
