using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Verification;

namespace ProPartHub.Tests.Gallery;

/// <summary>What made-up people do before the pictures are taken, so that pages have something to show.</summary>
internal sealed class GalleryWork
{
    private readonly BrowserBed _bed;
    private readonly CancellationToken _token;
    private Actor _admin = null!;
    private Actor _olena = null!;
    private Actor _taras = null!;

    private GalleryWork(BrowserBed bed, CancellationToken token) => (_bed, _token) = (bed, token);

    /// <summary>What there is to look at.</summary>
    /// <param name="Lead">A lead with a history.</param>
    /// <param name="Double">Another of the same client.</param>
    /// <param name="PersonId">Somebody.</param>
    /// <param name="Property">Number of a property that fits some leads.</param>
    /// <param name="Shared">Secret of a link to it.</param>
    /// <param name="Draft">An import that has just begun.</param>
    /// <param name="Import">One that is done.</param>
    public sealed record Done(
        LeadCreated Lead,
        LeadCreated Double,
        Guid PersonId,
        long Property,
        string Shared,
        Guid Draft,
        Guid Import
    );

    /// <summary>Does it all.</summary>
    public static async Task<Done> DoAsync(BrowserBed bed, CancellationToken token)
    {
        var work = new GalleryWork(bed, token)
        {
            _admin = await bed.PersonAsync("admin.demo"),
            _olena = await bed.PersonAsync("olena"),
            _taras = await bed.PersonAsync("taras"),
        };
        var lead = await work.LeadsAsync();
        var twin = await work.DoubleAsync();
        await work.ClaimsAsync();
        await work.RulesAsync();
        await work.PeopleAsync();
        var property = await work.PropertyAsync();
        await work.DocumentAsync(lead.Id, property.CoverId!.Value);
        var imports = new GalleryImports(bed, work._taras, token);
        return new Done(
            lead,
            twin,
            work._olena.UserId,
            property.Number,
            await work.ShareAsync(property.Id),
            await imports.BeginAsync(),
            await imports.FinishAsync()
        );
    }

    private async Task<LeadCreated> LeadsAsync()
    {
        var stages = (await _bed.UseAsync<StageDirectory, IReadOnlyList<StageItem>>(all => all.AllAsync(_token)))
            .Where(stage => stage.Status < LeadStatus.Won)
            .ToList();
        var won = (await _bed.UseAsync<StageDirectory, IReadOnlyList<StageItem>>(all => all.AllAsync(_token)))
            .First(stage => stage.Status is LeadStatus.Won)
            .Id;
        LeadCreated? first = null;
        for (var number = 1; number <= Clients.Length; number++)
        {
            var input = HubBed.Input(number) with
            {
                ClientName = Clients[number - 1],
                Email = $"client{number}@example.com",
                Country = number % 3 == 0 ? "Дубай" : "Іспанія",
                BudgetFrom = 120_000 * number,
                BudgetTo = 180_000 * number,
                Currency = "EUR",
                Notes = "Шукає квартиру біля моря, не вище третього поверху.",
            };
            var lead = await _bed.UseAsync<LeadService, LeadCreated>(leads =>
                leads.CreateAsync(_olena, input, _olena.UserId, _token)
            );
            first ??= lead;
            var stage = number == Clients.Length ? won : stages[number % stages.Count].Id;
            await _bed.UseAsync<LeadService, LeadPlace>(leads => leads.MoveAsync(_olena, lead.Id, stage, null, _token));
            await DoAsync<FollowUpService>(followUps =>
                followUps.AddAsync(
                    _olena,
                    Guid.CreateVersion7(),
                    lead.Id,
                    new(Tasks[number % Tasks.Length], null, DateTimeOffset.UtcNow.AddHours(number * number)),
                    _token
                )
            );
        }

        await SayAsync(
            _olena,
            first!.Id,
            "Подзвонила: бюджет підтвердили, дивляться на осінь. Просять варіанти з терасою."
        );
        await SayAsync(_taras, first.Id, "Надішли їм обидва об’єкти в Аліканте й запропонуй огляд по відео в четвер.");
        await SayAsync(_olena, first.Id, "Надіслала. Огляд домовлено на четвер о 17:00 за Києвом.");
        await TagAsync(first.Id, "Готівка", TagColour.Green);
        await TagAsync(first.Id, "Терміново", TagColour.Red);
        await DoAsync<PointCorrections>(points =>
            points.AddAsync(_taras, Guid.CreateVersion7(), _olena.UserId, 50, "Провела вебінар для партнерів", _token)
        );
        return first;
    }

    private async Task<LeadCreated> DoubleAsync()
    {
        var input = HubBed.Input(30) with
        {
            ClientName = $"{Clients[0]}-Мельничук",
            Email = "client1@example.com",
            Telegram = "oksana_hrytsenko",
            Country = "Оман",
            BudgetFrom = 200_000,
            BudgetTo = 320_000,
            Currency = "USD",
        };
        var twin = await _bed.UseAsync<LeadService, LeadCreated>(leads =>
            leads.CreateAsync(_olena, input, _olena.UserId, _token)
        );
        await SayAsync(_olena, twin.Id, "Написала з іншого номера: питає ще й про Оман.");
        return twin;
    }

    // One of the demo catalogue, in the country of the second lead and within its budget.
    private async Task<CatalogueRow> PropertyAsync()
    {
        var page = await _bed.UseAsync<CatalogueQueries, CataloguePage>(catalogue =>
            catalogue.PageAsync(_olena, new CatalogueQuery { Country = "Оман" }, _token)
        );
        return page.Rows[0];
    }

    private Task<string> ShareAsync(Guid property) =>
        _bed.UseAsync<PropertyLinks, string>(links =>
            links.CreateAsync(_taras, new LinkOrder(property, WithContacts: true), _token)
        );

    private Task DocumentAsync(Guid lead, Guid photo) =>
        _bed.UseAsync<PhotoQueries, bool>(async photos =>
        {
            using var picture = new MemoryStream();
            await using (var content = (await photos.OpenAsync(photo, isSmall: false, _token)).Content)
            {
                await content.CopyToAsync(picture, _token);
            }

            var file = new HandedIn(
                "Планування, другий поверх.webp",
                null,
                picture.Length,
                () => new MemoryStream(picture.ToArray())
            );
            await DoAsync<DocumentService>(documents =>
                documents.AddAsync(_olena, Guid.CreateVersion7(), new(DocumentOwnerKind.Lead, lead), file, _token)
            );
            return true;
        });

    private async Task ClaimsAsync()
    {
        await _bed.AddLeadAsync("yurii", 40);
        await DoAsync<ClaimRequests>(claims =>
            claims.AskAsync(
                _olena,
                Guid.CreateVersion7(),
                HubBed.Input(40).Phone,
                "Клієнтка звернулася до мене сама після виставки у Варшаві.",
                _token
            )
        );
    }

    private async Task RulesAsync()
    {
        await _bed.AddAutomationAsync(_admin, _olena.TeamId, _token);
        await DoAsync<Availability>(availability =>
        {
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            return availability.AddAbsenceAsync(
                _admin,
                _olena.UserId,
                Guid.CreateVersion7(),
                today.AddDays(20),
                today.AddDays(29),
                _token
            );
        });
    }

    private async Task PeopleAsync()
    {
        foreach (var (name, locked) in new[] { ("Мар’яна Перебийніс-Найдовша", false), ("Остап Вишневецький", true) })
        {
            var user = await _bed.Hub.AddUserAsync(
                locked ? "ostap" : "mariana",
                "кінь батарея скріпка",
                change: user =>
                {
                    (user.DisplayName, user.TeamId, user.Culture) = (name, _taras.TeamId, "uk");
                    (user.LockoutEnabled, user.IsVerified) = (true, false);
                    user.LockoutEnd = locked ? DateTimeOffset.UtcNow.AddMinutes(27) : null;
                }
            );
            await DoAsync<VerificationService>(verification =>
                verification.AskAsync(
                    user.ToActor("203.0.113.9"),
                    "Доброго дня! Ліцензія чинна до 2028 року.",
                    [VerificationFiles.HandedIn("Ліцензія ріелтора.pdf")],
                    _token
                )
            );
        }
    }

    private Task SayAsync(Actor person, Guid lead, string words) =>
        DoAsync<CommentService>(comments =>
            comments.AddAsync(person, Guid.CreateVersion7(), lead, words, null, _token)
        );

    private async Task TagAsync(Guid lead, string name, TagColour colour)
    {
        var tag = Guid.CreateVersion7();
        await DoAsync<TagService>(tags => tags.SaveAsync(_admin, tag, name, colour, _token));
        await DoAsync<TagService>(tags => tags.SetAsync(_olena, lead, tag, isOn: true, _token));
    }

    private Task DoAsync<TService>(Func<TService, Task> act)
        where TService : notnull =>
        _bed.UseAsync<TService, bool>(async service =>
        {
            await act(service);
            return true;
        });

    private static readonly string[] Clients =
    [
        "Оксана Гриценко",
        "Петро Яценко",
        "Familie Baumgartner-Löwenstein",
        "Соломія Ткач",
        "Родина Ковальчуків",
        "Ґанна Їжак",
    ];

    private static readonly string[] Tasks =
    [
        "Надіслати договір бронювання",
        "Передзвонити щодо іпотеки",
        "Показати два об’єкти по відео",
    ];
}
