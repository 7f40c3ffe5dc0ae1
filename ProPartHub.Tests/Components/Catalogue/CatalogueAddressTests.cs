using ProPartHub.Domain.Catalogue;
using ProPartHub.Web.Components.Catalogue;
using Xunit;

namespace ProPartHub.Tests.Components.Catalogue;

/// <summary>What is chosen stands in the address and is read from it again; nonsense counts as absent.</summary>
public sealed class CatalogueAddressTests
{
    public static TheoryData<CatalogueQuery> Queries =>
        [
            new CatalogueQuery(),
            new CatalogueQuery
            {
                Search = "Dubai Marina & co",
                Country = "Дубай",
                Kind = "офф-план",
                PriceFrom = 100_000.5m,
                PriceTo = 200_000,
                UnitType = UnitType.Studio,
                SizeFrom = 40,
                Archived = true,
                Sort = CatalogueSort.Price,
                Cursor = "MTAwMS4",
                Backward = true,
            },
            new CatalogueQuery { Sort = CatalogueSort.Name, Cursor = "MTAwMS4" },
        ];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Address_IsReadAsItWasWritten(CatalogueQuery query) =>
        Assert.Equal(query, CatalogueAddress.Read(new Uri("https://hub.example" + CatalogueAddress.Write(query))));

    [Theory]
    [InlineData("?from=x&to=-5&rooms=9&size=0&sort=beauty&view=all&q=%20")]
    [InlineData("?from=1e5&to=99999999999999&rooms=-1&size=NaN")]
    [InlineData("?q&country&kind&from&to&rooms&size&sort&after&before")]
    public void Nonsense_CountsAsAbsent(string search) =>
        Assert.Equal(new CatalogueQuery(), CatalogueAddress.Read(new Uri("https://hub.example/properties" + search)));
}
