using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3: the numbers of HubSpot's own association types, each with its direction.</summary>
public sealed class AssociationTypeTests : ContractTest
{
    [Theory]
    [InlineData("deals", "contacts", 3)]
    [InlineData("contacts", "deals", 4)]
    [InlineData("deals", "deals", 451)]
    [InlineData("contacts", "contacts", 449)]
    [InlineData("contacts", "calls", 193)]
    [InlineData("contacts", "emails", 197)]
    [InlineData("contacts", "meetings", 199)]
    [InlineData("contacts", "notes", 201)]
    [InlineData("contacts", "tasks", 203)]
    [InlineData("deals", "calls", 205)]
    [InlineData("deals", "emails", 209)]
    [InlineData("deals", "meetings", 211)]
    [InlineData("deals", "notes", 213)]
    [InlineData("deals", "tasks", 215)]
    [InlineData("calls", "contacts", 194)]
    [InlineData("calls", "deals", 206)]
    [InlineData("emails", "contacts", 198)]
    [InlineData("emails", "deals", 210)]
    [InlineData("meetings", "contacts", 200)]
    [InlineData("meetings", "deals", 212)]
    [InlineData("notes", "contacts", 202)]
    [InlineData("notes", "deals", 214)]
    [InlineData("tasks", "contacts", 204)]
    [InlineData("tasks", "deals", 216)]
    [InlineData("contacts", "companies", 279)]
    [InlineData("contacts", "companies", 1)]
    [InlineData("deals", "companies", 341)]
    [InlineData("deals", "companies", 5)]
    public async Task Type_HasItsNumber(string from, string to, int typeId)
    {
        var labels = (await GetAsync($"/crm/associations/2026-03/{from}/{to}/labels")).Expect(200);

        var type = labels.Results.EnumerateArray().Single(one => one.GetProperty("typeId").GetInt32() == typeId);
        Assert.Equal("HUBSPOT_DEFINED", type.Text("category"));
        Assert.Equal(typeId is 1 or 5 ? "Primary" : null, type.Text("label"));
    }
}
