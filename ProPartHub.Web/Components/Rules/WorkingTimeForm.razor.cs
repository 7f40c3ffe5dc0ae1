using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Rules;

/// <summary>When the agency works: the week and its holidays.</summary>
public sealed partial class WorkingTimeForm : ActingComponent
{
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "d.M.yyyy", "d/M/yyyy"];

    private WorkingTime? _opened;
    private List<DayForm>? _days;
    private string? _holidays;
    private string? _holidayFault;

    [Inject]
    private WorkingTimeSettings Settings { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (_opened is null)
        {
            _opened = await Settings.ReadAsync(Who!, Life);
            _days = [.. _opened.Week.Select(day => new DayForm(day))];
            _holidays = string.Join(
                '\n',
                _opened.Holidays.Select(day => day.ToString("d", CultureInfo.CurrentCulture))
            );
        }
    }

    private async Task SaveAsync()
    {
        _holidayFault = null;
        var (holidays, wrong) = Read(_holidays);
        if (wrong is not null)
        {
            Hush();
            _holidayFault = T["Hours_Holidays_Wrong", wrong];
            return;
        }

        await ActAsync(async () =>
        {
            var typed = new WorkingTime { Week = [.. _days!.Select(day => day.ToDay())], Holidays = holidays };
            var isStored = await Settings.SaveAsync(Who!, _opened!, typed, CancellationToken.None);
            _opened = await Settings.ReadAsync(Who!, CancellationToken.None);
            return isStored ? T["Hours_Saved"].Value : SayKept();
        });
    }

    // A day a line, as people here write days or as the computer does.
    private static (List<DateOnly> Days, string? Wrong) Read(string? text)
    {
        var days = new List<DateOnly>();
        foreach (
            var line in (text ?? "").Split(
                ['\n', ',', ';'],
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            if (
                !DateOnly.TryParse(line, CultureInfo.CurrentCulture, out var day)
                && !DateOnly.TryParseExact(line, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            )
            {
                return (days, line);
            }

            days.Add(day);
        }

        return (days, null);
    }

    private sealed class DayForm(WorkingDay day)
    {
        public DayOfWeek Day { get; } = day.Day;

        public bool IsOpen { get; set; } = day.From is not null;

        public TimeOnly From { get; set; } = day.From ?? new TimeOnly(9, 0);

        public TimeOnly To { get; set; } = day.To ?? new TimeOnly(18, 0);

        public WorkingDay ToDay() => new(Day, IsOpen ? From : null, IsOpen ? To : null);
    }
}
