using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Components.HubSpot;
using ProPartHub.Web.Components.People;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components;

public sealed class AddressTests
{
    [Theory]
    [InlineData(null, null, "/admin/sync")]
    [InlineData("parked", "3", "/admin/sync?page=3")]
    [InlineData("CONFLICTS", "1", "/admin/sync?view=conflicts")]
    [InlineData("owners", "2", "/admin/sync?view=owners&page=2")]
    [InlineData("99", "-1", "/admin/sync")]
    [InlineData("<b>", "99999999999", "/admin/sync")]
    public void SyncPage_ReadsWhatMakesSense_AndWritesTheSame(string? view, string? page, string address) =>
        Assert.Equal(address, SyncAddress.Write(SyncAddress.ReadView(view), PageNumber.Read(page)));

    [Theory]
    [InlineData(null, null, null, "/admin/people")]
    [InlineData(
        " їжак & co ",
        "Manager",
        "2",
        "/admin/people?q=%D1%97%D0%B6%D0%B0%D0%BA%20%26%20co&role=manager&page=2"
    )]
    [InlineData("  ", "9", "x", "/admin/people")]
    public void PeoplePage_ReadsWhatMakesSense_AndWritesTheSame(
        string? search,
        string? role,
        string? page,
        string address
    ) => Assert.Equal(address, PeopleAddress.Write(PeopleAddress.Read(search, role, page)));

    [Fact]
    public void PeoplePage_LeavesOutWhatIsTheDefault() =>
        Assert.Equal("/admin/people?role=admin", PeopleAddress.Write(new PeopleQuery(Role: Role.Admin)));
}
