using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Merging;

/// <summary>A value that the merged lead may get in a field.</summary>
/// <param name="Value">As it is stored; null for nothing.</param>
/// <param name="IsLeft">True where the lead on the left has it.</param>
/// <param name="IsRight">True where the lead on the right has it.</param>
public sealed record MergeCandidate(string? Value, bool IsLeft, bool IsRight);

/// <summary>One field of two leads side by side.</summary>
/// <param name="Field">The field.</param>
/// <param name="Left">Value of the lead on the left.</param>
/// <param name="Right">Value of the lead on the right.</param>
/// <param name="LeftAt">When the left value was last set (UTC).</param>
/// <param name="RightAt">When the right value was last set (UTC).</param>
/// <param name="Candidates">What can be chosen.</param>
/// <param name="Default">What is chosen first: the newer one of two values, or the only one.</param>
public sealed record MergeField(
    LeadField Field,
    string? Left,
    string? Right,
    DateTimeOffset LeftAt,
    DateTimeOffset RightAt,
    IReadOnlyList<MergeCandidate> Candidates,
    string? Default
)
{
    /// <summary>True where there is something to choose: mostly, where the two leads say different things.</summary>
    public bool IsOpen => Candidates.Count > 1;
}

/// <summary>Which values a merged lead may get, and which it gets when nobody chooses.</summary>
internal static class MergeChoice
{
    private static readonly LeadField[] Amounts = [LeadField.BudgetFrom, LeadField.BudgetTo];

    private static readonly LeadField[] Budget = [.. Amounts, LeadField.Currency];

    /// <summary>The fields of two leads, those that differ first.</summary>
    /// <param name="left">One lead's values.</param>
    /// <param name="right">The other's.</param>
    /// <param name="leftAt">When each of the left values was set (UTC).</param>
    /// <param name="rightAt">When each of the right values was set (UTC).</param>
    public static IReadOnlyList<MergeField> Fields(
        ILeadValues left,
        ILeadValues right,
        Func<LeadField, DateTimeOffset> leftAt,
        Func<LeadField, DateTimeOffset> rightAt
    )
    {
        var fields = new List<MergeField>();
        foreach (var field in LeadFields.Typed)
        {
            var (mine, other) = (LeadFields.Read(left, field), LeadFields.Read(right, field));
            // The three of a budget belong together: an amount means nothing without its currency.
            var isBudget = Budget.Contains(field);
            LeadField[] decide = isBudget ? Amounts : [field];
            var isRight = !IsSaid(left, decide) || (IsSaid(right, decide) && decide.Max(rightAt) > decide.Max(leftAt));
            var chosen = isBudget ? (isRight ? other : mine) : (isRight ? other : mine) ?? mine ?? other;
            fields.Add(
                new MergeField(
                    field,
                    mine,
                    other,
                    leftAt(field),
                    rightAt(field),
                    Candidates(left, right, field),
                    chosen
                )
            );
        }

        return [.. WithBothPhones(fields).OrderByDescending(field => field.IsOpen)];
    }

    /// <summary>What can be chosen in a field: either lead's value, and as second phone also a first one.</summary>
    public static IReadOnlyList<MergeCandidate> Candidates(ILeadValues left, ILeadValues right, LeadField field)
    {
        var (mine, other) = (LeadFields.Read(left, field), LeadFields.Read(right, field));
        IEnumerable<string?> values = [mine, other];
        if (field is LeadField.SecondPhone && left.Phone != right.Phone)
        {
            values = [.. values, left.Phone, right.Phone];
        }

        // Two leads without a value have nothing to choose from, unless it is a phone that would be lost.
        return [.. values.Distinct().Select(value => new MergeCandidate(value, value == mine, value == other))];
    }

    /// <summary>Refuses values that are neither lead's, or that do not go together.</summary>
    /// <exception cref="InvalidInputException">There is such a value.</exception>
    public static void Check(ILeadValues left, ILeadValues right, IReadOnlyDictionary<LeadField, string?> values)
    {
        var foreign = values
            .Where(value => !LeadFields.Typed.Contains(value.Key))
            .Concat(
                values
                    .Where(value => LeadFields.Typed.Contains(value.Key))
                    .Where(value => Candidates(left, right, value.Key).All(candidate => candidate.Value != value.Value))
            )
            .Select(value => new FieldError(value.Key.ToString(), FieldErrorCode.UnknownOption))
            .ToList();
        if (foreign.Count > 0)
        {
            throw new InvalidInputException(foreign);
        }
    }

    /// <summary>Refuses what the chosen values make together.</summary>
    /// <exception cref="InvalidInputException">A phone stands there twice, or the budget is upside down.</exception>
    public static void CheckTogether(ILeadValues merged)
    {
        if (merged.Phone is not null && merged.Phone == merged.SecondPhone)
        {
            throw new InvalidInputException(nameof(LeadField.SecondPhone), FieldErrorCode.SamePhoneTwice);
        }

        if (merged.BudgetFrom > merged.BudgetTo)
        {
            throw new InvalidInputException(nameof(LeadField.BudgetTo), FieldErrorCode.BudgetReversed);
        }
    }

    private static bool IsSaid(ILeadValues lead, LeadField[] fields) =>
        fields.Any(field => LeadFields.Read(lead, field) is not null);

    // No number is lost by default: where there is room, the phone that is not the first becomes the second.
    private static IEnumerable<MergeField> WithBothPhones(List<MergeField> fields)
    {
        var phone = fields.Single(field => field.Field is LeadField.Phone);
        foreach (var field in fields)
        {
            if (field.Field is not LeadField.SecondPhone)
            {
                yield return field;
                continue;
            }

            var second = field.Default == phone.Default ? null : field.Default;
            second ??= new[] { field.Left, field.Right, phone.Left, phone.Right }.FirstOrDefault(value =>
                value is not null && value != phone.Default
            );
            yield return field with
            {
                Default = second,
            };
        }
    }
}
