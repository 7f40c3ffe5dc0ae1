using System.Text;
using System.Text.RegularExpressions;

namespace ProPartHub.Domain.Templates;

/// <summary>A template filled with values.</summary>
/// <param name="Text">The message.</param>
/// <param name="Missing">Fields that have no value and no words in their place, in the order in which they stand.</param>
/// <param name="Unknown">Fields that there are not; they stand in the message as they were written.</param>
public sealed record MergedText(string Text, IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown);

/// <summary>
/// Fields of templates: <c>{client}</c>, or <c>{country|your country}</c> with words for where there is no value. Values are
/// put in as they are and never read as fields again.
/// </summary>
public static partial class MergeFields
{
    /// <summary>The client's name.</summary>
    public const string Client = "client";

    /// <summary>The first word of the client's name.</summary>
    public const string FirstName = "name";

    /// <summary>The agent's name.</summary>
    public const string Agent = "agent";

    /// <summary>The lead's number.</summary>
    public const string Number = "number";

    /// <summary>The client's budget.</summary>
    public const string Budget = "budget";

    /// <summary>The country of interest.</summary>
    public const string Country = "country";

    /// <summary>The kind of property.</summary>
    public const string PropertyType = "property";

    /// <summary>The client's company.</summary>
    public const string Company = "company";

    /// <summary>All fields, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Client, FirstName, Agent, Number, Budget, Country, PropertyType, Company];

    /// <summary>Fills a text.</summary>
    /// <param name="text">The text with its fields.</param>
    /// <param name="values">Values by field; a field without one is missing.</param>
    public static MergedText Fill(string text, IReadOnlyDictionary<string, string?> values)
    {
        var (missing, unknown) = (new List<string>(), new List<string>());
        var filled = Field()
            .Replace(
                text,
                match =>
                {
                    var field = match.Groups["field"].Value.ToLowerInvariant();
                    if (!All.Contains(field))
                    {
                        unknown.Add(match.Groups["field"].Value);
                        return match.Value;
                    }

                    if (values.GetValueOrDefault(field) is { Length: > 0 } value)
                    {
                        return value;
                    }

                    if (match.Groups["otherwise"] is { Success: true } otherwise)
                    {
                        return otherwise.Value.Trim();
                    }

                    missing.Add(field);
                    return "";
                }
            );
        return new MergedText(Tidied(filled), [.. missing.Distinct()], [.. unknown.Distinct()]);
    }

    // What is missing leaves a hole: "Hello , how" reads as "Hello, how".
    private static string Tidied(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var tidy = new StringBuilder();
        foreach (var line in lines)
        {
            tidy.Append(BeforeMark().Replace(Blanks().Replace(line, " "), "$1").TrimEnd()).Append('\n');
        }

        return tidy.ToString().Trim();
    }

    [GeneratedRegex(@"\{\s*(?<field>[\p{L}_]{1,30})\s*(\|(?<otherwise>[^{}|]{0,200}))?\}")]
    private static partial Regex Field();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();

    [GeneratedRegex(@" ([,.!?;:])")]
    private static partial Regex BeforeMark();
}
