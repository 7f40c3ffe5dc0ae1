using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Templates;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Rules;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Templates;

/// <summary>Messages to clients that are written once.</summary>
public sealed partial class TemplatesPage : ActingComponent
{
    private IReadOnlyList<TemplateItem>? _templates;
    private Edited? _editing;

    [Inject]
    private MessageTemplates Templates { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private IStringLocalizer<LeadsTexts> LeadWords { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Templates];

    /// <inheritdoc/>
    protected override async Task ReadAsync() =>
        _templates = (await Templates.ListAsync(Who!, Life)).KeepEdited(
            _templates,
            template => template.Id == _editing?.Id
        );

    private void New()
    {
        Hush();
        _editing = new Edited(Guid.CreateVersion7(), null);
    }

    private void Edit(TemplateItem template)
    {
        Hush();
        _editing = new Edited(template.Id, template.Values);
    }

    private Task SavedAsync(bool isStored) =>
        AnsweredAsync(isStored, T["Saved"], close: () => _editing = null, OpenOver);

    private void OpenOver()
    {
        if (_editing is { } edited && _templates!.FirstOrDefault(template => template.Id == edited.Id) is { } present)
        {
            _editing = edited with { Opened = present.Values };
        }
    }

    private async Task DeleteAsync(TemplateItem template)
    {
        var isDone = await ActAsync(async () =>
        {
            await Templates.DeleteAsync(Who!, template.Id, CancellationToken.None);
            return null;
        });
        await RefreshAsync();
        if (isDone)
        {
            Snackbar.OfferUndo(
                LeadWords,
                T["Deleted", template.Values.Name!],
                () => InvokeAsync(() => RestoreAsync(template))
            );
        }
    }

    private async Task RestoreAsync(TemplateItem template)
    {
        await ActAsync(async () =>
        {
            await Templates.RestoreAsync(Who!, template.Id, CancellationToken.None);
            return T["Restored", template.Values.Name!];
        });
        await RefreshAsync();
        StateHasChanged();
    }

    private string LanguagesOf(TemplateInput values) =>
        T[
            values.BodyUk is null ? "Languages_En"
            : values.BodyEn is null ? "Languages_Uk"
            : "Languages_Both"
        ];

    private string SharingOf(TemplateItem template) =>
        template.IsOwn ? T[$"Sharing_{template.Values.SharedWith}"] : T["Shared_By", template.OwnerName];

    private sealed record Edited(Guid Id, TemplateInput? Opened);
}
