using System.Globalization;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Assignment;

/// <summary>A rule as admins read and change it.</summary>
public sealed record AssignmentRuleInput
{
    /// <summary>What it is called.</summary>
    public string? Name { get; init; }

    /// <summary>False while it is left out.</summary>
    public bool IsOn { get; init; } = true;

    /// <inheritdoc cref="AssignmentRule.Countries"/>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <inheritdoc cref="AssignmentRule.Sources"/>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <inheritdoc cref="AssignmentRule.Languages"/>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <inheritdoc cref="AssignmentRule.BudgetFrom"/>
    public decimal? BudgetFrom { get; init; }

    /// <inheritdoc cref="AssignmentRule.BudgetTo"/>
    public decimal? BudgetTo { get; init; }

    /// <inheritdoc cref="AssignmentRule.Target"/>
    public AssignmentTarget Target { get; init; } = AssignmentTarget.Pool;

    /// <inheritdoc cref="AssignmentRule.PersonId"/>
    public Guid? PersonId { get; init; }

    /// <inheritdoc cref="AssignmentRule.TeamId"/>
    public Guid? TeamId { get; init; }

    /// <summary>The rule's present values.</summary>
    public static AssignmentRuleInput From(AssignmentRule rule) =>
        new()
        {
            Name = rule.Name,
            IsOn = rule.IsOn,
            Countries = rule.Countries,
            Sources = rule.Sources,
            Languages = rule.Languages,
            BudgetFrom = rule.BudgetFrom,
            BudgetTo = rule.BudgetTo,
            Target = rule.Target,
            PersonId = rule.PersonId,
            TeamId = rule.TeamId,
        };

    // What the columns hold.
    private const decimal MostBudget = 999_999_999_999;

    /// <summary>Code for an amount that is none, or more than any.</summary>
    public const string InvalidAmount = nameof(InvalidAmount);

    /// <summary>Everything in one line, for the audit and to tell whether two are the same.</summary>
    public string ToText() =>
        string.Join(
            "; ",
            [
                Name ?? "",
                IsOn ? "on" : "off",
                $"country {string.Join(", ", Countries)}",
                $"source {string.Join(", ", Sources)}",
                $"language {string.Join(", ", Languages)}",
                string.Create(CultureInfo.InvariantCulture, $"budget {BudgetFrom:0.##}..{BudgetTo:0.##}"),
                $"{Target} {PersonId}{TeamId}",
            ]
        );

    /// <summary>A copy as it is stored; a target keeps only what belongs to it.</summary>
    /// <exception cref="InvalidInputException">A value breaks a rule.</exception>
    internal AssignmentRuleInput Checked()
    {
        var errors = new List<FieldError>();
        var name = Name?.ReplaceLineEndings(" ").Trim();
        Add(string.IsNullOrEmpty(name), nameof(Name), FieldErrorCode.Required);
        Add(name?.Length > AssignmentRule.NameLength, nameof(Name), FieldErrorCode.TooLong, AssignmentRule.NameLength);
        Add(!ReadableText.Is(name), nameof(Name), FieldErrorCode.UnreadableText);
        var (countries, sources, languages) = (Values(Countries), Values(Sources), Values(Languages));
        Add(BudgetFrom is < 0 or > MostBudget, nameof(BudgetFrom), InvalidAmount);
        Add(BudgetTo is < 0 or > MostBudget, nameof(BudgetTo), InvalidAmount);
        Add(BudgetTo < BudgetFrom, nameof(BudgetTo), FieldErrorCode.BudgetReversed);
        Add(!Enum.IsDefined(Target), nameof(Target), FieldErrorCode.UnknownOption);
        Add(Target is AssignmentTarget.Person && PersonId is null, nameof(PersonId), FieldErrorCode.Required);
        var isOfTeam = Target is AssignmentTarget.RoundRobin or AssignmentTarget.LeastBusy;
        Add(isOfTeam && TeamId is null, nameof(TeamId), FieldErrorCode.Required);
        if (errors.Count > 0)
        {
            throw new InvalidInputException(errors);
        }

        return this with
        {
            Name = name,
            Countries = countries,
            Sources = sources,
            Languages = languages,
            PersonId = Target is AssignmentTarget.Person ? PersonId : null,
            TeamId = isOfTeam ? TeamId : null,
        };

        string[] Values(
            IReadOnlyList<string> values,
            [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(values))] string field = ""
        )
        {
            string[] clean =
            [
                .. values
                    .Select(value => value.Trim())
                    .Where(value => value.Length > 0)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
            Add(clean.Length > AssignmentRule.MostValues, field, FieldErrorCode.TooMany, AssignmentRule.MostValues);
            Add(
                clean.Any(value => value.Length > Leads.LeadLimits.Option),
                field,
                FieldErrorCode.TooLong,
                Leads.LeadLimits.Option
            );
            Add(!clean.All(ReadableText.Is), field, FieldErrorCode.UnreadableText);
            return clean;
        }

        void Add(bool? isWrong, string field, string code, object? limit = null)
        {
            if (isWrong is true)
            {
                errors.Add(new(field, code, limit));
            }
        }
    }
}
