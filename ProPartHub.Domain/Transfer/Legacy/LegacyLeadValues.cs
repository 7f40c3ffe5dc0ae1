using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Reads a lead's fields as the hub holds them; what does not fit is noted.</summary>
internal sealed class LegacyLeadValues(LegacyBatch batch, LegacyRow row)
{
    private static readonly DateOnly Oldest = new(1900, 1, 1);

    private static readonly (LeadField Field, string Column)[] Options =
    [
        (LeadField.Messenger, "messenger"),
        (LeadField.Country, "country"),
        (LeadField.PurchaseGoal, "purchase_goal"),
        (LeadField.PropertyType, "property_type"),
        (LeadField.ObjectType, "object_type"),
        (LeadField.Language, "communication_language"),
        (LeadField.Source, "source"),
        (LeadField.RefusalReason, "refusal_reason"),
    ];

    /// <summary>What the phone lacks.</summary>
    public Attention Attention { get; private set; }

    /// <summary>The notes in full, where they are longer than a lead holds.</summary>
    public string? LongNotes { get; private set; }

    /// <summary>The typed fields.</summary>
    /// <param name="notes">The notes, parted.</param>
    public LeadInput Read(LegacyNotes notes)
    {
        var values = new LeadInput
        {
            ClientName = Name(),
            Phone = Phone(),
            SecondPhone = Short("second_phone", LeadLimits.Phone),
            Email = Mail(),
            Company = Short("company", LeadLimits.Company),
            Telegram = Short("telegram_nickname", LeadLimits.Telegram),
            BirthDate = BirthDate(),
        };
        foreach (var (field, column) in Options)
        {
            LeadFields.Write(values, field, Option(field, column));
        }

        (values.BudgetFrom, values.BudgetTo, var unread) = Budget();
        values.Notes = Notes(unread is null ? notes.Rest : $"{notes.Rest}\n{LegacyText.Budget(unread)}".Trim());
        return values.Normalised();
    }

    private string Name()
    {
        if (Short("deal_name", LeadLimits.ClientName) is { } name)
        {
            return name;
        }

        batch.Note(row, LegacyRule.NameMissing, "named after its number");
        return $"Lead {row.Id}";
    }

    private string? Phone()
    {
        var phone = Short("phone", LeadLimits.Phone);
        if (phone is null)
        {
            Attention = Attention.NoPhone;
            batch.Note(row, LegacyRule.PhoneMissing, "brought without a phone");
        }
        else if (!PhoneNumber.TryNormalise(phone, out _))
        {
            Attention = Attention.UnreadablePhone;
            batch.Note(row, LegacyRule.PhoneUnreadable, $"kept as written, {phone.Length} characters");
        }

        return phone;
    }

    private string? Mail()
    {
        if (Short("email", LeadLimits.Email) is not { } mail)
        {
            return null;
        }

        if (mail.EndsWith("@hubspot.local", StringComparison.OrdinalIgnoreCase))
        {
            batch.Note(row, LegacyRule.MailPlaceholder, "a placeholder of the former portal; dropped");
            return null;
        }

        if (!LegacyAccountName.IsMail(mail))
        {
            batch.Note(row, LegacyRule.MailUnreadable, "no mail address; kept as written");
        }

        return mail;
    }

    private DateOnly? BirthDate()
    {
        if (row.Raw("birth_date") is null)
        {
            return null;
        }

        var day = row.Day("birth_date");
        if (day >= Oldest && day <= DateOnly.FromDateTime(batch.Run.Now.UtcDateTime))
        {
            return day;
        }

        batch.Note(row, LegacyRule.BirthDateUnlikely, $"'{row.Raw("birth_date")}' is no birthday; left out");
        return null;
    }

    private string? Option(LeadField field, string column)
    {
        if (Short(column, LeadLimits.Option) is not { } value)
        {
            return null;
        }

        var known = LeadOptions
            .For(field)!
            .FirstOrDefault(option => string.Equals(option, value, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            batch.Note(row, LegacyRule.OptionUnknown, $"{field} '{value}' is not in the list; kept");
        }

        return known ?? value;
    }

    private (decimal? From, decimal? To, string? Unread) Budget()
    {
        if (row.Line("budget") is not { } written)
        {
            return default;
        }

        if (LegacyBudget.TryRead(written, out var from, out var to))
        {
            return (from, to, null);
        }

        batch.Note(row, LegacyRule.BudgetUnreadable, $"'{written}' is no budget; put into the notes");
        return (null, null, written);
    }

    private string? Notes(string? notes)
    {
        if (notes is null || notes.Length <= LeadLimits.Notes)
        {
            return notes is { Length: > 0 } ? notes : null;
        }

        batch.Note(row, LegacyRule.NotesLong, $"{notes.Length} characters; whole in a comment");
        LongNotes = notes;
        return LegacyText.Cut(notes, LeadLimits.Notes);
    }

    private string? Short(string column, int most)
    {
        var text = row.Line(column);
        if (text?.Length > most)
        {
            batch.Note(row, LegacyRule.TextShortened, $"{column}: {text.Length} characters cut to {most}");
            return LegacyText.Cut(text, most);
        }

        return text;
    }
}
