using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

public sealed class SteadyComponentTests : ComponentTest
{
    private readonly List<string> _heard = [];

    [Fact]
    public void SameValues_AreNoRender_AndOtherValuesAre()
    {
        var menu = Show("a", 1);

        menu.Render(parameters => Give(parameters, "a", 1));
        Assert.Equal(1, menu.RenderCount);

        menu.Render(parameters => Give(parameters, "a", 2));
        Assert.Equal(2, menu.RenderCount);
        Assert.Equal("a2", menu.Find("button").TextContent);
        menu.Render(parameters => Give(parameters, null, 2));
        Assert.Equal("2", menu.Find("button").TextContent);
    }

    [Fact]
    public void ItsOwnEvents_RenderIt_AndReachItsOwner()
    {
        var menu = Show("a", 1);
        menu.Render(parameters => Give(parameters, "a", 1));

        menu.Find("button").Click();

        Assert.Equal(["a"], _heard);
        Assert.Equal("a1!", menu.Find("button").TextContent);
    }

    private IRenderedComponent<Menu> Show(string text, int number) =>
        Render<Menu>(parameters => Give(parameters, text, number));

    // Another delegate with each render, as a lambda in markup is.
    private void Give(ComponentParameterCollectionBuilder<Menu> parameters, string? text, int number) =>
        parameters
            .Add(menu => menu.Text, text)
            .Add(menu => menu.Number, number)
            .Add(menu => menu.OnChosen, chosen => _heard.Add(chosen));

    private sealed class Menu : SteadyComponent
    {
        private bool _isPressed;

        [Parameter]
        public string? Text { get; set; }

        [Parameter]
        public int Number { get; set; }

        [Parameter]
        public EventCallback<string> OnChosen { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, PressAsync));
            builder.AddContent(2, $"{Text}{Number}{(_isPressed ? "!" : "")}");
            builder.CloseElement();
        }

        private Task PressAsync()
        {
            _isPressed = true;
            return OnChosen.InvokeAsync(Text!);
        }
    }
}
