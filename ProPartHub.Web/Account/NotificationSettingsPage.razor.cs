using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Notifications;

namespace ProPartHub.Web.Account;

/// <summary>What the person wants to be told, and how.</summary>
public sealed partial class NotificationSettingsPage
{
    private IReadOnlyList<NotificationKind> _kinds = [];
    private string? _message;
    private bool _isWrong;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>What was just done, after the redirect that keeps a reload from doing it again.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "wishes")]
    private NotificationForm? Form { get; set; }

    [Inject]
    private NotificationSettings Settings { get; set; } = null!;

    [Inject]
    private IOptions<NotificationOptions> Options { get; set; } = null!;

    [Inject]
    private MailOutbox Outbox { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        // Before the first await: the page is rendered once while the settings are being read.
        var posted = Form;
        Form ??= new();
        var actor = await Actor.GetAsync();
        if (actor.ViewerId is not null)
        {
            Navigation.NavigateTo("/");
            return;
        }

        _kinds = NotificationKinds.For(actor.Role);
        Form = posted ?? NotificationForm.Of(await Settings.ReadAsync(actor, Http.RequestAborted), _kinds);
        _message = Done switch
        {
            "saved" => T["Set_Saved"].Value,
            "revoked" => T["Calendar_Revoked"].Value,
            _ => null,
        };
    }

    private async Task SaveAsync()
    {
        var actor = await Actor.GetAsync();
        try
        {
            var before = await Settings.ReadAsync(actor, Http.RequestAborted);
            await Settings.SaveAsync(actor, Form!.Over(before, _kinds), Http.RequestAborted);
            Navigation.NavigateTo($"{AccountPaths.Notifications}?done=saved");
        }
        catch (InvalidInputException)
        {
            _isWrong = true;
        }
    }

    private string ReminderText(int minutes) =>
        minutes switch
        {
            0 => T["Set_Reminder_0"],
            60 => T["Set_Reminder_Hour"],
            NotificationPreferences.MostReminderMinutes => T["Set_Reminder_Day"],
            _ => T["Set_Reminder_Minutes", minutes],
        };

    private static string NameOf(DayOfWeek day) => CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day);
}
