using System.Reflection;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Templates;
using ProPartHub.Tests.Accounts;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Calls every public method of the domain that takes an actor, as somebody who may, with hostile texts wherever it takes
/// one. Whatever comes of it is an answer or a refusal that pages have words for, never a fault of the database or a crash.
/// </summary>
public sealed class ServiceFuzzTests : IAsyncLifetime
{
    private PeopleBed _people = null!;
    private WalkArguments _arguments = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _people = await PeopleBed.CreateAsync(Token);
        var lead = await _people.Bed.LeadAsync(_people.Bed.Olena, 1);
        _arguments = new WalkArguments(_people, lead.Id, Token);
        await _people
            .Bed.Get<Domain.Timeline.CommentService>()
            .AddAsync(_people.Bed.Olena, _arguments.CommentId, lead.Id, "Слова", null, Token);
        await _people
            .Bed.Get<FollowUpService>()
            .AddAsync(
                _people.Bed.Olena,
                _arguments.FollowUpId,
                lead.Id,
                new FollowUpInput("Подзвонити", null, _people.Bed.Time.GetUtcNow().AddDays(1)),
                Token
            );
    }

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task HostileTexts_AreTakenOrRefused_AndNothingBreaks()
    {
        var broken = new List<string>();
        foreach (var method in ServiceWalkTests.Methods().Where(TakesText))
        {
            foreach (var text in HostileInput.Texts)
            {
                foreach (var actor in new[] { _people.Bed.Ada, _people.Bed.Olena })
                {
                    if (await CallAsync(method, actor, text) is { } failure)
                    {
                        broken.Add($"{ServiceWalkTests.NameOf(method)} of \"{Shown(text)}\": {failure}");
                    }
                }
            }
        }

        Assert.True(
            broken.Count == 0,
            string.Join('\n', broken.DistinctBy(line => line.Split(" of ")[0] + line.Split("Exception ")[^1][..10]))
        );
    }

    private static bool TakesText(MethodInfo method) =>
        method.GetParameters().Any(parameter => Hostile(parameter.ParameterType, "") is not null)
        && method.DeclaringType != typeof(SecurityLog);

    private async Task<string?> CallAsync(MethodInfo method, Actor actor, string text)
    {
        var arguments = method
            .GetParameters()
            .Select(parameter => Hostile(parameter.ParameterType, text) ?? _arguments.For(parameter, actor))
            .ToArray();
        try
        {
            await (Task)method.Invoke(_arguments.Service(method.DeclaringType!), arguments)!;
            return null;
        }
        catch (Exception thrown)
        {
            var exception = thrown is TargetInvocationException { InnerException: { } inner } ? inner : thrown;
            return exception is ForbiddenException or NotFoundException or InvalidInputException
                ? null
                : $"{exception.GetType().Name} {exception.GetBaseException().Message}";
        }
    }

    private static object? Hostile(Type type, string text) =>
        type == typeof(string) ? text
        : type == typeof(LeadInput) ? LeadOf(text)
        : type == typeof(MergeOrder)
            ? new MergeOrder(
                Guid.Empty,
                Guid.Empty,
                new Dictionary<LeadField, string?> { [LeadField.Company] = text, [(LeadField)99] = text },
                LeadOf(text),
                LeadOf(text)
            )
        : type == typeof(LeadListQuery)
            ? new LeadListQuery
            {
                Search = text,
                Countries = [text],
                Sources = [text],
                Cursor = text,
            }
        : type == typeof(BulkOrder) ? new BulkOrder(BulkKind.Transfer, Guid.Empty, text, Guid.Empty, text, Guid.Empty)
        : type == typeof(BulkTarget) ? new BulkTarget(null, new LeadListQuery { Search = text }, text)
        : type == typeof(FollowUpInput) ? new FollowUpInput(text, text, null)
        : type == typeof(ConsentInput) ? new ConsentInput(ConsentState.Given, text)
        : type == typeof(LeadPlace) ? new LeadPlace(Guid.Empty, text)
        : type == typeof(PersonInput) ? new PersonInput(text, text, text, Role.Agent, null, text, text)
        : type == typeof(IReadOnlyList<PersonInput>)
            ? new[] { new PersonInput(text, text, text, Role.Agent, null, text, text) }
        : type == typeof(PeopleQuery) ? new PeopleQuery(text)
        : type == typeof(AddressInput) ? new AddressInput(text, text)
        : type == typeof(AuditFilter) ? new AuditFilter { Address = text }
        : type == typeof(HandedIn) ? FileOf(text)
        : type == typeof(IReadOnlyList<HandedIn>) ? new[] { FileOf(text) }
        : type == typeof(PasswordInput) ? new PasswordInput(text, text, text)
        : type == typeof(ProfileInput) ? new ProfileInput(text, text)
        : type == typeof(AssignmentRuleInput) ? new AssignmentRuleInput { Name = text, Countries = [text] }
        : type == typeof(ServiceLevelInput) ? new ServiceLevelInput { Name = text, FollowUpTitle = text }
        : type == typeof(BirthdayRule) ? new BirthdayRule { IsOn = true, Title = text }
        : type == typeof(TemplateInput)
            ? new TemplateInput
            {
                Name = text,
                Channel = MessageChannel.Mail,
                SubjectUk = text,
                BodyUk = text,
            }
        : type == typeof(DevelopmentInput)
            ? new DevelopmentInput
            {
                Name = text,
                Country = Catalogue.Offers.Input.Country,
                City = text,
                District = text,
                Description = text,
                PaymentTerms = text,
                PaymentPlan = [new() { Label = text, Percent = 100 }],
                PriceFrom = 1,
            }
        : type == typeof(ArticleInput)
            ? new ArticleInput
            {
                Title = text,
                Body = text,
                SectionId = Guid.Empty,
            }
        : type == typeof(ArticleQuery) ? new ArticleQuery { Search = text, Cursor = text }
        : type == typeof(CatalogueQuery)
            ? new CatalogueQuery
            {
                Search = text,
                Country = text,
                City = text,
                District = text,
                Kind = text,
                Cursor = text,
                Sort = CatalogueSort.Name,
            }
        : type == typeof(ContactQuery)
            ? new ContactQuery
            {
                Search = text,
                OwnerId = text,
                Cursor = text,
                Sort = ContactSort.Name,
            }
        : null;

    private static HandedIn FileOf(string text)
    {
        byte[] content = [.. "%PDF-"u8, .. FuzzVerdict.Bytes(text)];
        return new($"{text}.pdf", "application/pdf", content.Length, () => new MemoryStream(content));
    }

    private static LeadInput LeadOf(string text)
    {
        var input = new LeadInput();
        foreach (var property in typeof(LeadInput).GetProperties())
        {
            if (property.PropertyType == typeof(string) && property.CanWrite)
            {
                property.SetValue(input, text);
            }
        }

        return input;
    }

    private static string Shown(string text) => text.Length > 20 ? $"{text[..20]}… ({text.Length})" : text;
}
