using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace ProPartHub.Tests.Components;

/// <summary>What a person does to a page that may render anew at any moment.</summary>
internal static class RenderedActs
{
    /// <summary>
    /// Waits for an element and acts on it, found and acted on without a render in between: a page that follows the feed
    /// may otherwise have replaced the element's handlers by then.
    /// </summary>
    public static Task OnAsync<T>(
        this IRenderedComponent<T> page,
        string selector,
        Func<IElement, Task> act,
        int index = 0
    )
        where T : IComponent
    {
        page.WaitForState(() => page.FindAll(selector).Count > index);
        return page.InvokeAsync(() => act(page.FindAll(selector)[index]));
    }
}
