using System.Globalization;
using System.Text;

namespace ProPartHub.Benchmarks.Intake;

/// <summary>
/// A CSV file as an agency brings it: mostly new clients, every tenth known to the hub by phone, every twentieth named twice in
/// the file itself, one in a hundred without a readable phone.
/// </summary>
internal static class IntakeFile
{
    // Phones of the agency's own leads count up from here, those of new clients from the other.
    private const int FirstKnown = 1_000_000;
    private const int FirstNew = 5_000_000;

    public static byte[] Make(int rows, int known)
    {
        var text = new StringBuilder("Ім'я;Телефон;Пошта;Країна;Бюджет;Джерело;Коментар\n");
        for (var number = 0; number < rows; number++)
        {
            var phone =
                number % 100 == 99 ? "немає"
                : number % 10 == 5 ? Phone(FirstKnown + (number % known))
                : number % 20 == 7 ? Phone(FirstNew + number - 1)
                : Phone(FirstNew + number);
            text.Append(CultureInfo.InvariantCulture, $"Клієнт Новий {number};{phone};new{number}@example.com;")
                .Append(CultureInfo.InvariantCulture, $"Дубай;{100 + (number % 50 * 10)}-{700 + (number % 50)}k;")
                .Append("Сайт;Просить подзвонити ввечері, дивиться квартири біля моря\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Phone(int number) => "+38050" + number.ToString(CultureInfo.InvariantCulture);
}
