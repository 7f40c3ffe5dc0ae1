namespace ProPartHub.Web.Hosting;

/// <summary>A setting that is needed before the settings as a whole are looked at is wrong; the message names it.</summary>
internal sealed class WrongSettingException(string message, Exception cause) : Exception(message, cause)
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>Whether an exception names a setting that is wrong: ours, or the platform's for what is no number, for example.</summary>
    public static bool Is(Exception exception) =>
        exception is WrongSettingException or InvalidOperationException { Source: Binder };
}
