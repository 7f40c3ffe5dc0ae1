using System.Globalization;
using System.Text.RegularExpressions;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;

namespace ProPartHub.HubSpotSandbox.Search;

/// <summary>
/// Turns a filter into a test. Case is ignored, but not in enumerations; IN and NOT_IN on texts find lower case only.
/// </summary>
internal sealed class FilterMatcher(HubSpotAccount account)
{
    private const string AssociationPrefix = "associations.";

    private static readonly HashSet<string> NotFilterable =
    [
        "hs_email_html",
        "hs_body_preview",
        "hs_body_preview_html",
    ];

    public Predicate<IndexedRecord> Build(ObjectType type, SearchFilter filter)
    {
        if (filter.PropertyName.StartsWith(AssociationPrefix, StringComparison.Ordinal))
            return BuildAssociation(filter);

        var property =
            account.Schema.Find(type, filter.PropertyName)
            ?? throw ApiError
                .Validation($"Property name '{filter.PropertyName}' does not exist in the {type.Plural} search index")
                .Exception();
        if (NotFilterable.Contains(property.Name))
            throw Unsupported(filter);

        var test = BuildValueTest(property, filter);
        return record => test(record[property.Name]);
    }

    private Predicate<IndexedRecord> BuildAssociation(SearchFilter filter)
    {
        var to = ObjectType.Parse(filter.PropertyName[AssociationPrefix.Length..]);
        var ids = filter.Operator switch
        {
            "EQ" => [Required(filter.Value, filter)],
            "IN" => RequiredList(filter),
            _ => throw Unsupported(filter),
        };
        return record => account.Associations.Of(record.Record, to).Any(link => ids.Contains(link.To.IdText));
    }

    private static Predicate<string?> BuildValueTest(PropertyDefinition property, SearchFilter filter)
    {
        return filter.Operator switch
        {
            "HAS_PROPERTY" => value => value is not null,
            "NOT_HAS_PROPERTY" => value => value is null,
            "EQ" => Compared(sign => sign == 0),
            "NEQ" => Not(Compared(sign => sign == 0)),
            "LT" => Compared(sign => sign < 0),
            "LTE" => Compared(sign => sign <= 0),
            "GT" => Compared(sign => sign > 0),
            "GTE" => Compared(sign => sign >= 0),
            "BETWEEN" => Between(),
            "IN" => In(),
            "NOT_IN" => Not(In()),
            "CONTAINS_TOKEN" => ContainsToken(),
            "NOT_CONTAINS_TOKEN" => Not(ContainsToken()),
            _ => throw Unsupported(filter),
        };

        Predicate<string?> Compared(Predicate<int> accepts)
        {
            var operand = SearchValue.Of(property, Required(filter.Value, filter));
            return value => value is not null && accepts(SearchValue.Of(property, value).CompareTo(operand));
        }

        Predicate<string?> Between()
        {
            var low = SearchValue.Of(property, Required(filter.Value, filter));
            var high = SearchValue.Of(property, Required(filter.HighValue, filter));
            return value =>
                value is not null
                && SearchValue.Of(property, value) is var stored
                && stored.CompareTo(low) >= 0
                && stored.CompareTo(high) <= 0;
        }

        Predicate<string?> In()
        {
            if (property.Type is "string")
            {
                var texts = RequiredList(filter).ToHashSet(StringComparer.Ordinal);
                return value => value is not null && texts.Contains(value.ToLowerInvariant());
            }

            var operands = RequiredList(filter).Select(text => SearchValue.Of(property, text)).ToHashSet();
            return value => value is not null && operands.Contains(SearchValue.Of(property, value));
        }

        Predicate<string?> ContainsToken()
        {
            var pattern = Regex.Escape(Required(filter.Value, filter)).Replace(@"\*", @"\S*", StringComparison.Ordinal);
            var token = new Regex($@"(?<![\p{{L}}\p{{N}}]){pattern}(?![\p{{L}}\p{{N}}])", RegexOptions.IgnoreCase);
            return value => value is not null && token.IsMatch(value);
        }
    }

    private static Predicate<string?> Not(Predicate<string?> test) => value => !test(value);

    private static string Required(string? value, SearchFilter filter) =>
        value
        ?? throw ApiError
            .Validation($"A filter with operator {filter.Operator} on '{filter.PropertyName}' needs a value")
            .Exception();

    private static IReadOnlyList<string> RequiredList(SearchFilter filter) =>
        filter.Values is { Count: > 0 } values
            ? values
            : throw ApiError.Validation($"A filter with operator {filter.Operator} needs 'values'").Exception();

    private static ApiException Unsupported(SearchFilter filter) =>
        ApiError
            .Validation(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Operator '{filter.Operator}' is not supported on '{filter.PropertyName}'"
                )
            )
            .Exception();
}
