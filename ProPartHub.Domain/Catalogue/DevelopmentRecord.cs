using System.Globalization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue;

/// <summary>What the audit is told of a change: what was done to which development, and each field that changed.</summary>
internal static class DevelopmentRecord
{
    /// <summary>The event, for the caller's own transaction.</summary>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public static SecurityEvent Of(
        Actor actor,
        TimeProvider time,
        Development development,
        string act,
        DevelopmentInput? before,
        DevelopmentInput? after
    ) =>
        SecurityLog.Entry(
            SecurityEventKind.CatalogueChanged,
            actor,
            time,
            null,
            [
                ("act", act),
                ("property", $"{DevelopmentNumber.Write(development.Number)} {development.Name}"),
                .. after is null ? [] : Changes(before, after),
            ]
        );

    private static IEnumerable<(string Name, string? Value)> Changes(DevelopmentInput? before, DevelopmentInput after)
    {
        var earlier = before is null ? [] : Fields(before).ToDictionary(field => field.Name, field => field.Value);
        foreach (var (name, value) in Fields(after))
        {
            var old = earlier.GetValueOrDefault(name);
            if (old != value)
            {
                yield return ($"{name} before", old);
                yield return (name, value);
            }
        }
    }

    private static IEnumerable<(string Name, string? Value)> Fields(DevelopmentInput input) =>
        [
            ("name", input.Name),
            ("country", input.Country),
            ("city", input.City),
            ("district", input.District),
            ("kind", input.Kind),
            ("goals", Joined(", ", input.Goals)),
            ("price from", Amount(input.PriceFrom)),
            ("price to", Amount(input.PriceTo)),
            ("payment terms", input.PaymentTerms),
            ("payment plan", Joined("; ", input.PaymentPlan.Select(Stage))),
            ("description", input.Description),
            ("units", Joined("; ", input.Units.Select(Unit))),
        ];

    private static string Stage(PaymentStage stage) =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"{stage.Label} {(stage.Percent is null ? $"${Amount(stage.Amount)}" : $"{Amount(stage.Percent)} %")} {stage.Due} {stage.Day:yyyy-MM-dd}{stage.Months}"
            )
            .Trim();

    private static string Unit(UnitInput unit) =>
        $"{unit.Type} {Amount(unit.SizeFrom)}{(unit.SizeTo is null ? "" : $"–{Amount(unit.SizeTo)}")} m² ${Amount(unit.Price)}"
        + (unit.IsAvailable ? "" : " sold");

    private static string? Joined(string between, IEnumerable<string> parts) =>
        string.Join(between, parts) is { Length: > 0 } text ? text : null;

    // As it is, however many zeros the database has written behind it.
    private static string? Amount(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture);
}
