using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Rules;

/// <summary>Whether clients' birthdays become follow-ups, and when.</summary>
public sealed partial class BirthdayForm : ActingComponent
{
    private BirthdayRule? _opened;
    private bool _isOn;
    private string? _days;
    private int _hour;
    private string? _title;

    [Inject]
    private BirthdayFollowUps Birthdays { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (_opened is null)
        {
            _opened = await Birthdays.RuleAsync(Who!, Life);
            (_isOn, _hour) = (_opened.IsOn, _opened.Hour);
            _days = _opened.DaysAhead.ToString(CultureInfo.InvariantCulture);
            _title = _opened.Title ?? T["Birthdays_Standard"];
        }
    }

    private Task<bool> SaveAsync() =>
        ActAsync(async () =>
        {
            var typed = new BirthdayRule
            {
                IsOn = _isOn,
                DaysAhead = TypedNumber.Read(_days),
                Hour = _hour,
                Title = _title,
            };
            var isStored = await Birthdays.SaveRuleAsync(Who!, _opened!, typed, CancellationToken.None);
            _opened = await Birthdays.RuleAsync(Who!, CancellationToken.None);
            return isStored ? T[_isOn ? "Birthdays_Saved" : "Birthdays_SavedOff"].Value : SayKept();
        });
}
