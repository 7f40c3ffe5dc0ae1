using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

public sealed class GlyphTests : ComponentTest
{
    [Theory]
    [InlineData(Size.Small)]
    [InlineData(Size.Medium)]
    public void Markup_IsThatOfMudBlazorsIcon(Size size)
    {
        var icon = Icons.Material.Outlined.Schedule;
        var own = size is Size.Small ? Glyph.Small(icon) : Glyph.Medium(icon);

        var expected = Render<MudIcon>(parameters => parameters.Add(it => it.Icon, icon).Add(it => it.Size, size));

        Render(builder => builder.AddMarkupContent(0, own.Value)).MarkupMatches(expected.Markup);
    }

    [Fact]
    public void Markup_OfOneIcon_IsMadeOnce() =>
        Assert.Same(
            Glyph.Small(Icons.Material.Outlined.Schedule).Value,
            Glyph.Small(Icons.Material.Outlined.Schedule).Value
        );
}
