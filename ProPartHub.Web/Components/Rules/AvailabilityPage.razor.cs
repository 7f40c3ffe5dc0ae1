using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Data;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Rules;

/// <summary>When one is away; for managers and admins also when others are, and how many leads they take.</summary>
public sealed partial class AvailabilityPage : ActingComponent
{
    private NumberedPage<AvailabilityItem>? _people;
    private Guid _at;

    /// <summary>Page, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    [Inject]
    private Availability Availability { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private IStringLocalizer<LeadsTexts> LeadWords { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Availability];

    /// <inheritdoc/>
    protected override async Task ReadAsync() =>
        _people = await Availability.PageAsync(Who!, PageNumber.Read(PageText), Life);

    private Task<bool> AddAsync(AvailabilityItem person, (DateOnly From, DateOnly To) days) =>
        DoAsync(
            person,
            async () =>
            {
                await Availability.AddAbsenceAsync(
                    Who!,
                    person.UserId,
                    Guid.CreateVersion7(),
                    days.From,
                    days.To,
                    CancellationToken.None
                );
                return T["Absence_Added", person.Name];
            }
        );

    private async Task RemoveAsync(AvailabilityItem person, AbsenceItem absence)
    {
        var isDone = await DoAsync(
            person,
            async () =>
            {
                await Availability.RemoveAbsenceAsync(Who!, absence.Id, CancellationToken.None);
                return null;
            }
        );
        if (isDone)
        {
            Snackbar.OfferUndo(
                LeadWords,
                T["Absence_Removed", person.Name],
                () =>
                    InvokeAsync(async () =>
                    {
                        await AddAsync(person, (absence.FromDay, absence.ToDay));
                        StateHasChanged();
                    })
            );
        }
    }

    private Task<bool> SetCapacityAsync(AvailabilityItem person, int? most) =>
        DoAsync(
            person,
            async () =>
            {
                await Availability.SetCapacityAsync(Who!, person.UserId, most, CancellationToken.None);
                return T["Capacity_Saved", person.Name];
            }
        );

    private async Task<bool> DoAsync(AvailabilityItem person, Func<Task<string?>> act)
    {
        _at = person.UserId;
        var isDone = await ActAsync(act);
        await RefreshAsync();
        return isDone;
    }
}
