using System.Globalization;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;

namespace ProPartHub.Domain.ServiceLevels;

/// <summary>A service level as managers and admins read and change it.</summary>
public sealed record ServiceLevelInput
{
    /// <inheritdoc cref="ServiceLevel.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="ServiceLevel.TeamId"/>
    public Guid? TeamId { get; init; }

    /// <inheritdoc cref="ServiceLevel.Duty"/>
    public ServiceDuty Duty { get; init; } = ServiceDuty.FirstAnswer;

    /// <inheritdoc cref="ServiceLevel.Limit"/>
    public int Limit { get; init; } = 2;

    /// <inheritdoc cref="ServiceLevel.StageIds"/>
    public IReadOnlyList<Guid> StageIds { get; init; } = [];

    /// <inheritdoc cref="ServiceLevel.Steps"/>
    public IReadOnlyList<ServiceStep> Steps { get; init; } = [new(ServiceAct.Remind, 0)];

    /// <inheritdoc cref="ServiceLevel.FollowUpTitle"/>
    public string? FollowUpTitle { get; init; }

    /// <summary>The present values.</summary>
    public static ServiceLevelInput From(ServiceLevel level) =>
        new()
        {
            Name = level.Name,
            TeamId = level.TeamId,
            Duty = level.Duty,
            Limit = level.Limit,
            StageIds = level.StageIds,
            Steps = level.Steps,
            FollowUpTitle = level.FollowUpTitle,
        };

    /// <summary>Everything in one line, for the audit and to tell whether two are the same.</summary>
    public string ToText() =>
        string.Join(
            "; ",
            [
                Name ?? "",
                $"team {TeamId}",
                string.Create(CultureInfo.InvariantCulture, $"{Duty} {Limit}"),
                $"stages {string.Join(", ", StageIds)}",
                .. Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Act} +{step.After}")),
                FollowUpTitle ?? "",
            ]
        );

    /// <summary>A copy as it is stored.</summary>
    /// <exception cref="InvalidInputException">A value breaks a rule.</exception>
    internal ServiceLevelInput Checked()
    {
        var errors = new List<FieldError>();
        var (name, title) = (Line(Name), Line(FollowUpTitle));
        Add(name is null, nameof(Name), FieldErrorCode.Required);
        Add(name?.Length > ServiceLevel.NameLength, nameof(Name), FieldErrorCode.TooLong, ServiceLevel.NameLength);
        Add(!ReadableText.Is(name), nameof(Name), FieldErrorCode.UnreadableText);
        Add(title?.Length > FollowUp.TitleLength, nameof(FollowUpTitle), FieldErrorCode.TooLong, FollowUp.TitleLength);
        Add(!ReadableText.Is(title), nameof(FollowUpTitle), FieldErrorCode.UnreadableText);
        Add(!Enum.IsDefined(Duty), nameof(Duty), FieldErrorCode.UnknownOption);
        Add(Limit is < 1 or > ServiceLevel.MostUnits, nameof(Limit), FieldErrorCode.OutOfRange, ServiceLevel.MostUnits);
        Add(Steps.Count == 0, nameof(Steps), FieldErrorCode.Required);
        Add(Steps.Count > ServiceLevel.MostSteps, nameof(Steps), FieldErrorCode.TooMany, ServiceLevel.MostSteps);
        Add(Steps.Any(step => !Enum.IsDefined(step.Act)), nameof(Steps), FieldErrorCode.UnknownOption);
        Add(
            Steps.Any(step => step.After is < 0 or > ServiceLevel.MostUnits),
            nameof(Steps),
            FieldErrorCode.OutOfRange,
            ServiceLevel.MostUnits
        );
        // In order of time, and nothing after the lead has left its agent: another chain begins there.
        Add(
            Steps.Zip(Steps.Skip(1)).Any(pair => pair.Second.After < pair.First.After || IsLast(pair.First.Act)),
            nameof(Steps),
            StepsOutOfOrder
        );
        return errors.Count > 0
            ? throw new InvalidInputException(errors)
            : this with
            {
                Name = name,
                FollowUpTitle = title,
                StageIds = [.. StageIds.Distinct().Order()],
            };

        void Add(bool? isWrong, string field, string code, object? limit = null)
        {
            if (isWrong is true)
            {
                errors.Add(new(field, code, limit));
            }
        }
    }

    /// <summary>Code for steps that are not in order of time, or stand after the lead has changed hands.</summary>
    public const string StepsOutOfOrder = nameof(StepsOutOfOrder);

    private static bool IsLast(ServiceAct act) => act is ServiceAct.Reassign or ServiceAct.Pool;

    private static string? Line(string? text) =>
        text?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } line ? line : null;
}
