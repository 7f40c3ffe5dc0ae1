using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Rules;

/// <summary>When leads have gone quiet: admins set it, managers read it.</summary>
public sealed partial class QuietForm : ActingComponent
{
    private QuietRule? _opened;
    private string? _days;

    [Inject]
    private QuietRules Quiet { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (_opened is null)
        {
            _opened = await Quiet.RuleAsync(Who!, Life);
            _days = _opened.Days.ToString(CultureInfo.InvariantCulture);
        }
    }

    private Task<bool> SaveAsync() =>
        ActAsync(async () =>
        {
            var typed = new QuietRule { Days = TypedNumber.Read(_days) };
            if (await Quiet.SaveRuleAsync(Who!, _opened!, typed, CancellationToken.None))
            {
                _opened = typed;
                return T["Quiet_Saved"];
            }

            _opened = await Quiet.RuleAsync(Who!, CancellationToken.None);
            return SayKept();
        });
}
