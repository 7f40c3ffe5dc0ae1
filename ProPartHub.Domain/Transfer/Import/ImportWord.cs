using System.Globalization;
using System.Text;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>Brings headings and labels to the form in which they are compared.</summary>
public static class ImportWord
{
    /// <summary>Lower case, without punctuation, apostrophes and needless blanks; ё and ґ as е and г.</summary>
    public static string Of(string text)
    {
        var word = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormC).ToLower(CultureInfo.InvariantCulture))
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(
                    letter switch
                    {
                        'ё' => 'е',
                        'ґ' => 'г',
                        _ => letter,
                    }
                );
            }
            else if (letter is not ('\'' or '’' or 'ʼ' or '`') && word.Length > 0 && word[^1] != ' ')
            {
                word.Append(' ');
            }
        }

        return word.ToString().TrimEnd();
    }
}
