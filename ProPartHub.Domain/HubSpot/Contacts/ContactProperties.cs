using System.Globalization;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>What is kept of a contact, and how HubSpot's values are read. HubSpot takes longer texts than a list can show.</summary>
internal static class ContactProperties
{
    /// <summary>Longest id.</summary>
    public const int IdLength = 32;

    /// <summary>Longest name, mail and company.</summary>
    public const int TextLength = 300;

    /// <summary>Longest lifecycle stage and lead status.</summary>
    public const int OptionLength = 100;

    /// <summary>Longest number as written.</summary>
    public const int PhoneLength = 100;

    private const string FirstName = "firstname";
    private const string LastName = "lastname";
    private const string Email = "email";
    private const string Company = "company";
    private const string Owner = "hubspot_owner_id";
    private const string Lifecycle = "lifecyclestage";
    private const string LeadStatus = "hs_lead_status";
    private const string Created = "createdate";
    private const string Modified = "lastmodifieddate";

    /// <summary>Properties that hold numbers, in the order in which people read them.</summary>
    public static IReadOnlyList<string> Phones { get; } =
    ["phone", "phone_number", "mobilephone", "hs_phone_number", "phone_number_1"];

    /// <summary>Everything asked for, where the account has it.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        FirstName,
        LastName,
        Email,
        Company,
        Owner,
        Lifecycle,
        LeadStatus,
        Created,
        Modified,
        HubSpotObject.MergedIdsProperty,
        .. Phones,
    ];

    /// <summary>The place of a property among <see cref="Phones"/>.</summary>
    public static int OrderOf(string property) => Phones.TakeWhile(name => name != property).Count();

    /// <summary>The id as a number; false for what is no id of HubSpot's.</summary>
    public static bool TryNumber(string id, out long number) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>When a record last changed (UTC); null where HubSpot does not say.</summary>
    public static DateTimeOffset? UpdatedAt(HubSpotObject record) =>
        HubSpotTime.Parse(record[Modified]) ?? record.UpdatedAt;

    /// <summary>Takes a record's values into a row.</summary>
    public static void Write(MirroredContact row, HubSpotObject record, DateTimeOffset now)
    {
        row.Name = Read($"{record[FirstName]} {record[LastName]}", TextLength) ?? "";
        row.Email = Read(record[Email], TextLength)?.ToLowerInvariant();
        row.Company = Read(record[Company], TextLength);
        row.OwnerId = Read(record[Owner], IdLength);
        row.Lifecycle = Read(record[Lifecycle], OptionLength);
        row.LeadStatus = Read(record[LeadStatus], OptionLength);
        row.CreatedAt = HubSpotTime.Parse(record[Created]) ?? record.CreatedAt ?? now;
        row.UpdatedAt = UpdatedAt(record) ?? now;
        WritePhones(row, record);
        row.HasPhone = row.Phones.Count > 0;
        row.SearchText = SearchTextOf(row);
    }

    private static void WritePhones(MirroredContact row, HubSpotObject record)
    {
        foreach (var property in Phones)
        {
            var text = Read(record[property], PhoneLength);
            var phone = row.Phones.Find(phone => phone.Property == property);
            if (text is null)
            {
                if (phone is not null)
                {
                    row.Phones.Remove(phone);
                }

                continue;
            }

            PhoneNumber.TryNormalise(text, out var e164);
            if (phone is null)
            {
                row.Phones.Add(
                    new MirroredPhone
                    {
                        ContactId = row.Id,
                        Property = property,
                        Text = text,
                        E164 = e164,
                    }
                );
            }
            else
            {
                (phone.Text, phone.E164) = (text, e164);
            }
        }
    }

    // As with leads: digits of numbers joined, words in the form that a search has too.
    private static string SearchTextOf(MirroredContact row)
    {
        IEnumerable<string?> phones = row.Phones.SelectMany(phone =>
            new[] { phone.E164, phone.Text }.Select(text =>
                text is null ? null : string.Concat(text.Where(char.IsDigit))
            )
        );
        var parts = new[] { row.Name, row.Email, row.Company, row.Id }.Concat(phones).Select(SearchText.Normalise);
        return string.Join(' ', parts.Where(part => part.Length > 0).Distinct());
    }

    private static string? Read(string? raw, int length) =>
        raw is not null && IncomingText.Readable(raw).ReplaceLineEndings(" ").Trim() is { Length: > 0 } text
            ? IncomingText.Cut(text, length)
            : null;
}
