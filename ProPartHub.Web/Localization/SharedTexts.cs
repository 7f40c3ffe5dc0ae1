namespace ProPartHub.Web.Localization;

/// <summary>Texts of the shell and of components every area uses: <c>IStringLocalizer&lt;SharedTexts&gt;</c>.</summary>
public sealed class SharedTexts;
