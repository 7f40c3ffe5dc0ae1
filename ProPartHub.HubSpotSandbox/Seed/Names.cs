namespace ProPartHub.HubSpotSandbox.Seed;

/// <summary>Word lists from which made-up people are drawn.</summary>
internal static class Names
{
    public static readonly (string Name, string Latin)[] UkrainianFirst =
    [
        ("Олексій", "oleksii"),
        ("Наталія", "nataliia"),
        ("Дмитро", "dmytro"),
        ("Оксана", "oksana"),
        ("Сергій", "serhii"),
        ("Катерина", "kateryna"),
        ("Богдан", "bohdan"),
        ("Людмила", "liudmyla"),
        ("Ярослав", "yaroslav"),
        ("Вікторія", "viktoriia"),
        ("Їлина", "yilyna"),
        ("Ганна", "hanna"),
        ("Максим", "maksym"),
        ("Євгенія", "yevheniia"),
        ("Ростислав", "rostyslav"),
        ("Соломія", "solomiia"),
        ("Григорій", "hryhorii"),
        ("Дарина", "daryna"),
        ("Назар", "nazar"),
        ("Уляна", "uliana"),
    ];

    public static readonly (string Name, string Latin)[] UkrainianLast =
    [
        ("Вербич", "verbych"),
        ("Лоза", "loza"),
        ("Тополя", "topolia"),
        ("Ґедзь", "gedz"),
        ("Калиниченко", "kalynychenko"),
        ("Джміль", "dzhmil"),
        ("Заєць", "zaiets"),
        ("Явір", "yavir"),
        ("Степовик", "stepovyk"),
        ("Журавель", "zhuravel"),
        ("Д'яченко", "diachenko"),
        ("Криниця", "krynytsia"),
        ("Полуботько", "polubotko"),
        ("Небелюк", "nebeliuk"),
        ("Хміль", "khmil"),
        ("Щербань", "shcherban"),
        ("Озерчук", "ozerchuk"),
        ("Барвінок", "barvinok"),
    ];

    public static readonly (string Name, string Latin)[] EnglishFirst =
    [
        ("Oliver", "oliver"),
        ("Amelia", "amelia"),
        ("Harriet", "harriet"),
        ("Jasper", "jasper"),
        ("Imogen", "imogen"),
        ("Marcus", "marcus"),
        ("Zoë", "zoe"),
        ("Callum", "callum"),
        ("Priya", "priya"),
        ("Lucía", "lucia"),
        ("Theo", "theo"),
        ("Nadia", "nadia"),
    ];

    public static readonly (string Name, string Latin)[] EnglishLast =
    [
        ("Ashdown", "ashdown"),
        ("Brightwater", "brightwater"),
        ("Carrow", "carrow"),
        ("Dunmore", "dunmore"),
        ("Ellery", "ellery"),
        ("Fairweather", "fairweather"),
        ("O'Grady", "ogrady"),
        ("Hollis", "hollis"),
        ("Ironmonger", "ironmonger"),
        ("Kingsmill", "kingsmill"),
        ("Larkspur", "larkspur"),
        ("Merriweather", "merriweather"),
        ("Pemberley", "pemberley"),
        ("Quillfeather", "quillfeather"),
    ];

    public static readonly string[] Companies =
    [
        "",
        "",
        "",
        "Вільха Груп",
        "Barvinok Trade",
        "Larkspur Holdings",
        "ТОВ «Сонячний берег»",
        "Northlight Advisory",
    ];
}
