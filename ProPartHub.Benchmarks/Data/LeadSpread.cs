using System.Globalization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Data;

/// <summary>
/// Made-up leads spread as in a real agency: most of them closed long ago, a few agents with many, some in the pool,
/// two years of history. The same seed gives the same leads.
/// </summary>
internal static class LeadSpread
{
    private static readonly string[] Names = ["Олена", "Тарас", "Ірина", "Юрій", "Оксана", "James", "Emma", "Марія"];
    private static readonly string[] Surnames = ["Гнатюк", "Петренко", "Шевчук", "Коваль", "Reed", "Stone", "Ґудзь"];
    private static readonly string[] Countries = ["UA", "PL", "ES", "PT", "AE", "TR"];
    private static readonly string[] Sources = ["site", "referral", "instagram", "call"];

    public static IEnumerable<Lead> Make(
        int count,
        IReadOnlyList<HubUser> agents,
        IReadOnlyList<StageItem> stages,
        DateTimeOffset now
    )
    {
        var random = new Random(20260302);
        for (var number = 0; number < count; number++)
        {
            var at = now - (TimeSpan.FromDays(730) * (1 - ((double)number / count)));
            // Squaring favours the first: some agents have many leads, most have few.
            var agent = random.Next(20) == 0 ? null : agents[(int)(agents.Count * Math.Pow(random.NextDouble(), 2))];
            var stage = StageOf(stages, random, isOld: now - at > TimeSpan.FromDays(60));
            var name = $"{Names[random.Next(Names.Length)]} {Surnames[random.Next(Surnames.Length)]}";
            var budget = random.Next(1, 40) * 25_000m;
            var lead = new Lead
            {
                ClientName = name,
                Phone = "+38050" + (1_000_000 + number).ToString(CultureInfo.InvariantCulture),
                Email = random.Next(3) == 0 ? null : $"client{number}@example.com",
                AgentId = agent?.Id,
                TeamId = agent?.TeamId,
                StageId = stage.Id,
                Status = stage.Status,
                RefusalReason = stage.Status is LeadStatus.Lost ? "no-answer" : null,
                StageChangedAt = at + (TimeSpan.FromDays(20) * random.NextDouble()),
                BudgetFrom = budget,
                BudgetTo = budget * 1.4m,
                Country = Countries[random.Next(Countries.Length)],
                Source = Sources[random.Next(Sources.Length)],
                IsDemo = true,
                CreatedAt = at,
                UpdatedAt = at + (TimeSpan.FromDays(30) * random.NextDouble()),
            };
            // Whoever has an agent was worked with; a day counts from registration.
            (lead.AssignedAt, lead.WorkedAt) = (at, lead.UpdatedAt);
            lead.AnsweredAt = agent is null ? null : at + TimeSpan.FromHours(number % 48);
            lead.SearchText = SearchText.Of(lead);
            yield return lead;
        }
    }

    private static StageItem StageOf(IReadOnlyList<StageItem> stages, Random random, bool isOld)
    {
        var isClosed = random.Next(100) < (isOld ? 85 : 15);
        var candidates = stages
            .Where(stage => (stage.Status is LeadStatus.Won or LeadStatus.Lost) == isClosed)
            .ToList();
        return candidates[random.Next(candidates.Count)];
    }
}
