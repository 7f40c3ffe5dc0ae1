namespace ProPartHub.Web.Components.Rules;

/// <summary>A row of a list whose form is open.</summary>
internal static class EditedRow
{
    /// <summary>What was read, and the row whose form is open also where somebody else has deleted it meanwhile: what is
    /// typed into it must not vanish under the hands.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="shown">What was shown until now.</param>
    /// <param name="isEdited">Tells the row whose form is open.</param>
    public static IReadOnlyList<T> KeepEdited<T>(
        this IReadOnlyList<T> read,
        IReadOnlyList<T>? shown,
        Predicate<T> isEdited
    ) => read.Any(row => isEdited(row)) ? read : [.. read, .. (shown ?? []).Where(row => isEdited(row))];
}
