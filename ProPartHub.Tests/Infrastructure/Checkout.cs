namespace ProPartHub.Tests.Infrastructure;

/// <summary>The sources that the tests were built from.</summary>
internal static class Checkout
{
    private static readonly Lazy<string> Found = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProPartHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the checkout.");
        }

        return folder.FullName;
    });

    /// <summary>Folder of the solution.</summary>
    public static string Folder => Found.Value;
}
