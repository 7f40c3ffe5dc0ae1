using ProPartHub.Domain.Catalogue;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Texts that the moving in writes into the hub, and cuts that it makes.</summary>
internal static class LegacyText
{
    /// <summary>Why somebody has the points or the commission of the former portal; the person reads it.</summary>
    public const string MovedIn = "Перенесено зі старого порталу";

    /// <summary>Name of the team of an admin's brokers.</summary>
    public static string Team(string admin) => $"Команда {admin}";

    /// <summary>Name of an author whose account is gone.</summary>
    public static string Stranger(long? oldId) =>
        oldId is null ? "Старий портал" : $"Старий портал, користувач {oldId}";

    /// <summary>What a photo of a unit shows.</summary>
    public static string Unit(UnitType type) =>
        type switch
        {
            UnitType.Studio => "Студія",
            UnitType.OneRoom => "1 кімната",
            UnitType.FiveRooms or UnitType.SixRooms => $"{(int)type} кімнат",
            _ => $"{(int)type} кімнати",
        };

    /// <summary>What goes into the notes in place of a budget that is none.</summary>
    public static string Budget(string written) => $"Бюджет у старому порталі: {written}";

    /// <summary>At most so many characters, never half a surrogate pair; what was cut is shown as "…".</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return $"{text[..end]}…";
    }
}
