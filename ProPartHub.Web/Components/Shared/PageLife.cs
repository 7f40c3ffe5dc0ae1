namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// Ends with the page or part that owns it. Its token can still be handed on when the page is gone, and says then that it
/// is: that of a plain source throws once the source is disposed, so that a page left while it reads would take the next
/// page down with it.
/// </summary>
internal sealed class PageLife : CancellationTokenSource
{
    /// <summary>Begins the life.</summary>
    public PageLife() => Token = base.Token;

    /// <inheritdoc cref="CancellationTokenSource.Token"/>
    public new CancellationToken Token { get; }
}
