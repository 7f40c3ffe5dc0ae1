using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>A row as it was understood.</summary>
/// <param name="Row">Its place in the file.</param>
/// <param name="Input">Its values, normalised; fields that it does not give are empty.</param>
/// <param name="Given">The fields it gives.</param>
/// <param name="Number">The lead's number, where it names one.</param>
/// <param name="Stage">Its stage; null where it names none.</param>
/// <param name="NamesAgent">True where it says whose the lead is.</param>
/// <param name="AgentId">Whose; null for nobody.</param>
/// <param name="Tags">Tags to add.</param>
/// <param name="Faults">What could not be read.</param>
internal sealed record ReadRow(
    int Row,
    LeadInput Input,
    IReadOnlySet<LeadField> Given,
    long? Number,
    Stage? Stage,
    bool NamesAgent,
    Guid? AgentId,
    IReadOnlyList<Tag> Tags,
    IReadOnlyList<ImportFault> Faults
)
{
    /// <summary>The phones by which its client is found, in E.164.</summary>
    public IReadOnlyList<string> Phones { get; } =
    [.. new[] { Input.Phone, Input.SecondPhone }.OfType<string>().Where(IsPhone).Distinct()];

    /// <summary>Phones and mail together.</summary>
    public string[] Keys => [.. Phones, .. new[] { Input.Email }.OfType<string>()];

    private static bool IsPhone(string text) => text is ['+', ..] && PhoneNumber.TryNormalise(text, out _);
}
