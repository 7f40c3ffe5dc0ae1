using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Knowledge;

/// <summary>Made-up articles for development installations, about the portal itself.</summary>
public sealed class DemoKnowledge(HubDatabase database, TimeProvider time)
{
    // Any number that no other lock of the hub uses: "demoknow" as ASCII.
    private const long LockKey = 0x64_65_6D_6F_6B_6E_6F_77;

    private static readonly string[] Sections = ["Перші кроки", "Робота з клієнтом", "Гроші та рівні"];

    private static readonly Sample[] All =
    [
        new(0, "Як зареєструвати клієнта", true)
        {
            Text = """
                Реєстрація займає пів хвилини. Зробіть це **до показу**: хто зареєстрував першим, того й клієнт.

                ## Що потрібно

                - ім’я, як клієнт представився;
                - телефон у будь-якому записі — портал сам приведе його до міжнародного;
                - країна й бюджет, якщо вже відомі.

                Пошта не обов’язкова.

                ## Як це зробити

                1. Натисніть **Новий лід** (клавіша `n`) або кнопку **+** на телефоні.
                2. Введіть телефон. Портал одразу скаже, чи клієнт уже зареєстрований.
                3. Збережіть. Чернетка зберігається в браузері, тож обрив зв’язку нічого не зіпсує.

                > Якщо портал каже «вже зареєстрований», не створюйте лід на інший номер. Запитайте клієнта через [«Запити на клієнтів»](/claims).

                ## Після реєстрації

                - [ ] запланувати наступну справу;
                - [ ] записати згоду на обробку даних;
                - [ ] надіслати клієнтові перше повідомлення за [шаблоном](/templates).
                """,
        },
        new(0, "Як пройти верифікацію", false)
        {
            Text = """
                Новий агент може одразу реєструвати лідів, але їх кількість обмежено, доки його не верифікують.

                ## Що відкриває верифікація

                | Можливість | До | Після |
                | --- | --- | --- |
                | Реєструвати лідів | до 5 | без обмежень |
                | Каталог нерухомості | так | так |
                | База знань | так | так |
                | Комісія та документи | ні | так |

                ## Кроки

                1. Відкрийте [сторінку верифікації](/account/verification).
                2. Додайте документ і надішліть запит.
                3. Менеджер розгляне його й напише рішення. Ви отримаєте сповіщення.
                """,
        },
        new(0, "Клавіші, які економлять час", false)
        {
            Text = """
                Усі клавіші показує `?`. Ось ті, що варто запам’ятати першими.

                | Клавіші | Що роблять |
                | --- | --- |
                | `Ctrl K` | знайти будь-що: ліда, сторінку, статтю |
                | `n` | новий лід |
                | `g` `l` | список лідів |
                | `g` `b` | дошка |
                | `g` `k` | база знань |

                Вони працюють і з українською розкладкою.
                """,
        },
        new(1, "Що означає захист клієнта", true)
        {
            Text = """
                Перша реєстрація **закріплює клієнта за агентом** на строк захисту. Скільки днів лишилося, видно на сторінці ліда.

                ## Як це працює

                - строк починається з реєстрації та подовжується з кожною активністю: дзвінком, зустріччю, коментарем;
                - стандартний строк — 90 днів без активності, адміністратор може його змінити;
                - інший агент, який введе той самий номер, дізнається лише, що клієнт зайнятий.

                ## Якщо клієнт прийшов до вас

                Не сперечайтеся з колегою. Надішліть запит і поясніть, звідки ви знаєте клієнта. Менеджер бачить обидві історії та вирішує.

                > Рішення менеджера з поясненням лишається в історії ліда.
                """,
        },
        new(1, "Перший дзвінок: про що запитати", false)
        {
            Text = """
                Мета першого дзвінка — зрозуміти, чи можемо ми допомогти, і домовитися про наступний крок.

                1. **Навіщо** купує: для себе, під аренду, на перепродаж.
                2. **Де** розглядає і чому саме там.
                3. **Скільки** готовий витратити зараз і всього.
                4. **Коли** хоче ключі.
                5. **Хто** ще вирішує.

                Відповіді одразу запишіть у поля ліда: за ними портал підбирає нерухомість.
                """,
        },
        new(2, "Як працюють рівні комісії", false)
        {
            Text = """
                Комісія агента залежить від рівня, а рівень — від балів.

                ## Яка ставка діє

                1. Якщо менеджер встановив **особисту ставку**, діє вона — з дати та з причиною, які видно в профілі.
                2. Якщо ні, діє ставка вашого **рівня**.

                Яка саме ставка діє зараз, написано в [балах і рівнях](/points).

                ## За що дають бали

                За кроки угоди та за закриту угоду — один раз за кожну. Якщо угоду знову відкрили, її бали знімаються.
                """,
        },
    ];

    /// <summary>Adds sections and articles where there are none of either; leaves everything alone otherwise.</summary>
    public Task SeedAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, stop) =>
            {
                // Two instances may start at once.
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", stop);
                if (await db.KnowledgeSections.AnyAsync(stop) || await db.Articles.AnyAsync(stop))
                {
                    return;
                }

                db.KnowledgeSections.AddRange(
                    Sections
                        .Index()
                        .Select(section => new KnowledgeSection
                        {
                            Id = SectionId(section.Index),
                            Name = section.Item,
                            Place = section.Index,
                        })
                );
                await db.SaveChangesAsync(stop);
                foreach (var (place, sample) in All.Index())
                {
                    Add(db, place, sample);
                }
            },
            cancellationToken
        );

    private void Add(HubDbContext db, int place, Sample sample)
    {
        var now = time.GetUtcNow();
        var article = new Article
        {
            Id = new($"d0d0d0d0-0000-7000-8004-{place:D12}"),
            CreatedAt = now,
            LastVersion = 1,
        };
        var values = new ArticleInput
        {
            Title = sample.Title,
            SectionId = SectionId(sample.Section),
            Body = sample.Text,
            MustRead = sample.MustRead,
        }.Checked();
        ArticleService.Show(article, values, now);
        db.Articles.Add(article);
        db.ArticleVersions.Add(
            new ArticleVersion
            {
                ArticleId = article.Id,
                Number = 1,
                Title = article.Title,
                SectionName = Sections[sample.Section],
                Body = article.Body,
                MustRead = article.MustRead,
                AuthorName = "ProPart Hub",
                At = now,
            }
        );
    }

    private static Guid SectionId(int place) => new($"d0d0d0d0-0000-7000-8003-{place:D12}");

    private sealed record Sample(int Section, string Title, bool MustRead)
    {
        public required string Text { get; init; }
    }
}
