using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, writing one record.</summary>
public sealed class ObjectWriteTests : ContractTest
{
    [Fact]
    public async Task Create_Answers201WithTheWholeRecord()
    {
        var made = (
            await PostAsync(Contacts, """{"properties":{"email":"Ada@Example.com","firstname":"Ada"}}""")
        ).Expect(201);

        Assert.Equal("archived createdAt id properties updatedAt", made.Body.Members());
        // HubSpot writes e-mail addresses in lower case.
        Assert.Equal("ada@example.com", made.Body.Value("email"));
        Assert.Equal(made.Id, made.Body.Value("hs_object_id"));
    }

    [Fact]
    public async Task Create_TiesToExistingRecordsInTheSameStep()
    {
        var contact = await ContactAsync("a@example.com");
        var deal = await PostAsync(
            Deals,
            $$"""
            {"properties":{"dealname":"Flat","dealstage":"{{FirstStage}}","pipeline":"{{LeadPipeline}}"},
             "associations":[{"to":{"id":"{{contact}}"},
              "types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":3}]}]}
            """
        );

        var read = await GetAsync($"{Deals}/{deal.Expect(201).Id}?associations=contacts");
        Assert.Equal([contact], read["associations"].GetProperty("contacts").GetProperty("results").Ids());
    }

    [Fact]
    public async Task Create_WithAnAssociationOfTheWrongDirectionMakesNothing()
    {
        var contact = await ContactAsync("a@example.com");

        // 4 leads from contact to deal, not from deal to contact.
        var refused = await PostAsync(
            Deals,
            $$"""
            {"properties":{"dealname":"Flat","dealstage":"{{FirstStage}}","pipeline":"{{LeadPipeline}}"},
             "associations":[{"to":{"id":"{{contact}}"},
              "types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":4}]}]}
            """
        );

        refused.ExpectError(400, "VALIDATION_ERROR");
        Assert.Empty((await GetAsync(Deals)).Results.Ids());
    }

    [Theory]
    [InlineData("contacts", """{"phone":"+380501234567"}""")]
    [InlineData("deals", """{"dealstage":"appointmentscheduled"}""")]
    [InlineData("deals", """{"dealname":"Flat"}""")]
    [InlineData("notes", """{"hs_note_body":"text"}""")]
    [InlineData("calls", """{"hs_call_title":"Call"}""")]
    [InlineData("tasks", """{"hs_task_subject":"Task"}""")]
    [InlineData("meetings", """{"hs_meeting_title":"Meeting"}""")]
    [InlineData("emails", """{"hs_timestamp":"2026-11-23T10:00:00Z"}""")]
    [InlineData("emails", """{"hs_email_direction":"EMAIL"}""")]
    public async Task Create_WithoutWhatATypeRequiresIsRefused(string type, string properties) =>
        (await PostAsync($"/crm/objects/2026-03/{type}", $$"""{"properties":{{properties}} }""")).ExpectError(
            400,
            "VALIDATION_ERROR"
        );

    [Fact]
    public async Task Create_DealWithoutPipelineGoesIntoTheDefaultOne()
    {
        var made = await PostAsync(Deals, """{"properties":{"dealname":"Flat","dealstage":"appointmentscheduled"}}""");

        Assert.Equal("default", made.Expect(201).Body.Value("pipeline"));
    }

    [Fact]
    public async Task Create_DealInAStageOfAnotherPipelineIsRefused() =>
        (
            await PostAsync(
                Deals,
                $$"""{"properties":{"dealname":"Flat","pipeline":"default","dealstage":"{{FirstStage}}"} }"""
            )
        ).ExpectError(400, "VALIDATION_ERROR");

    [Fact]
    public async Task Update_Answers200WithWhatWasSent()
    {
        var id = await ContactAsync("a@example.com");
        Clock.Advance(TimeSpan.FromSeconds(1));

        var updated = (await PatchAsync($"{Contacts}/{id}", """{"properties":{"phone":"+380501234567"}}""")).Expect(
            200
        );

        Assert.Equal("+380501234567", updated.Body.Value("phone"));
        Assert.Equal("2026-11-23T12:00:01Z", updated.Body.Text("updatedAt"));
        Assert.Equal("2026-11-23T12:00:01Z", updated.Body.Value("lastmodifieddate"));
    }

    [Fact]
    public async Task Update_EmptyTextClears()
    {
        var id = await ContactAsync("a@example.com");

        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"firstname":""}}""")).Expect(200);

        Assert.Null((await GetAsync($"{Contacts}/{id}")).Body.Value("firstname"));
    }

    [Fact]
    public async Task Update_GoesByUniquePropertyToo()
    {
        var id = await ContactAsync("a@example.com");

        var updated = await PatchAsync(
            $"{Contacts}/a@example.com?idProperty=email",
            """{"properties":{"firstname":"Анна"}}"""
        );

        Assert.Equal(id, updated.Expect(200).Id);
    }

    [Fact]
    public async Task Update_WithOneBadPropertyChangesNothing()
    {
        var id = await ContactAsync("a@example.com", "Ada");

        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"firstname":"Анна","nonsense":"1"}}""")).ExpectError(
            400,
            "VALIDATION_ERROR"
        );

        Assert.Equal("Ada", (await GetAsync($"{Contacts}/{id}")).Body.Value("firstname"));
    }

    [Theory]
    [InlineData("hs_object_id")]
    [InlineData("createdate")]
    [InlineData("lastmodifieddate")]
    [InlineData("hs_searchable_calculated_phone_number")]
    public async Task Update_OfAReadOnlyPropertyIsRefused(string property)
    {
        var id = await ContactAsync("a@example.com");

        var error = await PatchAsync($"{Contacts}/{id}", $$"""{"properties":{"{{property}}":"1"} }""");

        Assert.Equal("READ_ONLY_VALUE", error.ExpectError(400, "VALIDATION_ERROR")["errors"][0].Text("code"));
    }

    [Fact]
    public async Task Update_OfAMissingRecordIsNotFound() =>
        (await PatchAsync($"{Deals}/1", """{"properties":{"dealname":"x"}}""")).ExpectError(404, "OBJECT_NOT_FOUND");

    [Fact]
    public async Task Delete_Answers204AndAgain204()
    {
        var id = await ContactAsync("a@example.com");

        (await DeleteAsync($"{Contacts}/{id}")).Expect(204);
        (await DeleteAsync($"{Contacts}/{id}")).Expect(204);
        (await DeleteAsync($"{Contacts}/1")).ExpectError(404, "OBJECT_NOT_FOUND");
    }

    [Fact]
    public async Task Delete_FreesUniqueValues()
    {
        (await DeleteAsync($"{Contacts}/{await ContactAsync("a@example.com")}")).Expect(204);

        await ContactAsync("a@example.com");
    }

    [Fact]
    public async Task LifecycleStage_OnlyMovesForwardUnlessCleared()
    {
        var id = await ContactAsync("a@example.com");
        await SetStageAsync("customer");

        await SetStageAsync("lead");
        Assert.Equal("customer", await StageAsync());

        await SetStageAsync("");
        await SetStageAsync("lead");
        Assert.Equal("lead", await StageAsync());

        async Task SetStageAsync(string stage) =>
            (await PatchAsync($"{Contacts}/{id}", $$"""{"properties":{"lifecyclestage":"{{stage}}"} }""")).Expect(200);

        async Task<string?> StageAsync() =>
            (await GetAsync($"{Contacts}/{id}?properties=lifecyclestage")).Body.Value("lifecyclestage");
    }

    [Fact]
    public async Task ModifiedTime_MovesForOwnWritesEvenWithoutAChange()
    {
        var id = await ContactAsync("a@example.com", "Ada");
        Clock.Advance(TimeSpan.FromMinutes(5));

        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"firstname":"Ada"}}""")).Expect(200);

        Assert.Equal("2026-11-23T12:05:00Z", (await GetAsync($"{Contacts}/{id}")).Body.Text("updatedAt"));
    }

    [Fact]
    public async Task ModifiedTime_MovesWhenAnActivityIsLogged()
    {
        var id = await ContactAsync("a@example.com");
        Clock.Advance(TimeSpan.FromMinutes(5));

        var note = await PostAsync(
            Notes,
            $$"""
            {"properties":{"hs_timestamp":"2026-11-23T12:04:00Z","hs_note_body":"<p>Дзвонив</p>"},
             "associations":[{"to":{"id":"{{id}}"},
              "types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":202}]}]}
            """
        );

        note.Expect(201);
        Assert.Equal("2026-11-23T12:05:00Z", (await GetAsync($"{Contacts}/{id}")).Body.Text("updatedAt"));
    }
}
