namespace ProPartHub.HubSpotSandbox.Schema.First;

/// <summary>The values the agency's drop-down lists offer. They are Russian and Ukrainian mixed, as in the real account.</summary>
internal static class OptionLists
{
    public static readonly string[] Budgets = ["до 200к", "200к–500к", "500к–1млн", "1млн+"];

    public static readonly string[] Countries =
    [
        "Дубай",
        "Турція",
        "Балі",
        "Таїланд",
        "Камбоджа",
        "Оман",
        "Абу-Дабі",
        "Мальдіви",
        "Румунія",
        "Іспанія",
        "Чорногорія",
        "Греція",
        "Північний Кіпр",
        "Південний Кіпр",
    ];

    public static readonly string[] Goals = ["перепродажа", "под аренду", "для себя"];

    public static readonly string[] PropertyTypes = ["офф-план", "вторичка", "коммерция"];

    public static readonly string[] ObjectTypes =
    [
        "апартаменты",
        "вилла",
        "таунхаус",
        "отельный номер",
        "отель",
        "коммерческое помещение",
        "земля",
    ];

    public static readonly string[] Languages = ["украинский", "русский", "английский"];

    public static readonly string[] Sources =
    [
        "блогер-агент",
        "агент",
        "ютуб",
        "соц сети компании",
        "соц сети основателя",
        "сайт",
        "рекомендация",
        "личный контакт",
        "реклама/таргет",
    ];

    public static readonly string[] DeclineReasons =
    [
        "игнорирует звонки и смс",
        "недостаточный бюджет",
        "не планирует покупать",
        "купил сам или с другим АН",
        "не оставлял заявку",
        "риелтор",
        "менеджер застройщика",
    ];

    public static readonly (string Value, string Label)[] Messengers =
    [
        ("whatsapp", "WhatsApp"),
        ("telegram", "Telegram"),
        ("viber", "Viber"),
        ("botim", "Botim"),
        ("signal", "Signal"),
    ];

    /// <summary>In the order in which a contact may move forward.</summary>
    public static readonly (string Value, string Label)[] LifecycleStages =
    [
        ("subscriber", "Subscriber"),
        ("lead", "Lead"),
        ("marketingqualifiedlead", "Marketing Qualified Lead"),
        ("salesqualifiedlead", "Sales Qualified Lead"),
        ("opportunity", "Opportunity"),
        ("customer", "Customer"),
        ("evangelist", "Evangelist"),
        ("other", "Other"),
    ];
}
