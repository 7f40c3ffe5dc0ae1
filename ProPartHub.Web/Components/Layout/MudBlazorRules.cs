using System.Text;
using System.Text.RegularExpressions;

namespace ProPartHub.Web.Components.Layout;

/// <summary>
/// The rules of MudBlazor's stylesheet that the portal's pages need. The whole, for some hundred components, would be the
/// heaviest part of a first visit and of what a phone has to read.
/// </summary>
internal static partial class MudBlazorRules
{
    /// <summary>Beginnings of the classes of those components that the portal shows.</summary>
    private static readonly string[] Parts =
    [
        "mud-alert",
        "mud-button",
        "mud-dialog",
        "mud-elevation",
        "mud-focus-trap",
        "mud-icon",
        "mud-message",
        "mud-overlay",
        "mud-popover",
        "mud-ripple",
        "mud-snackbar",
        "mud-svg-icon",
        "mud-theme",
        "mud-typography",
        "mud-width-full",
    ];

    /// <summary>Further classes in their markup.</summary>
    private static readonly string[] Words = ["fixed", "ms-2", "outline-none", "pointer-events-none"];

    /// <param name="stylesheet">The whole, minified.</param>
    /// <returns>Rules about elements, and those about classes of the portal's components alone.</returns>
    public static string Of(string stylesheet)
    {
        var used = new StringBuilder();
        Write(stylesheet, used);
        return used.ToString();
    }

    private static void Write(ReadOnlySpan<char> rules, StringBuilder used)
    {
        // The licence.
        if (rules.StartsWith("/*") && rules.IndexOf("*/") is > 0 and var licence)
        {
            used.Append(rules[..(licence + 2)]);
            rules = rules[(licence + 2)..];
        }

        for (var end = rules.IndexOfAny('{', ';'); end >= 0; end = rules.IndexOfAny('{', ';'))
        {
            var head = rules[..end];
            var close = rules[end] == ';' ? end : Close(rules, end);
            if (rules[end] == ';')
            {
                used.Append(rules[..(end + 1)]);
            }
            else if (head.StartsWith("@media") || head.StartsWith("@supports"))
            {
                WriteGroup(head, rules[(end + 1)..close], used);
            }
            else if (head is ['@', ..])
            {
                used.Append(rules[..(close + 1)]);
            }
            else
            {
                WriteRule(head.ToString(), rules[end..(close + 1)], used);
            }

            rules = rules[(close + 1)..];
        }
    }

    private static void WriteGroup(ReadOnlySpan<char> condition, ReadOnlySpan<char> rules, StringBuilder used)
    {
        var inside = new StringBuilder();
        Write(rules, inside);
        if (inside.Length > 0)
        {
            used.Append(condition).Append('{').Append(inside).Append('}');
        }
    }

    private static void WriteRule(string selectors, ReadOnlySpan<char> body, StringBuilder used)
    {
        var needed = Comma().Split(selectors).Where(IsNeeded).ToList();
        if (needed.Count > 0)
        {
            used.AppendJoin(',', needed).Append(body);
        }
    }

    private static bool IsNeeded(string selector) =>
        Class()
            .Matches(selector)
            .Select(found => found.Value[1..])
            .All(name => Words.Contains(name) || Parts.Any(part => name.StartsWith(part, StringComparison.Ordinal)));

    // Where the block that opens there ends.
    private static int Close(ReadOnlySpan<char> rules, int open)
    {
        var depth = 0;
        for (var place = open; place < rules.Length; place++)
        {
            depth += rules[place] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return place;
            }
        }

        throw new FormatException("A block of the stylesheet has no end.");
    }

    // Not those between parentheses.
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();

    [GeneratedRegex(@"\.-?[_a-zA-Z][\w-]*")]
    private static partial Regex Class();
}
