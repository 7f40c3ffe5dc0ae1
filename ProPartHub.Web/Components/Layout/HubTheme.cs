using MudBlazor;

namespace ProPartHub.Web.Components.Layout;

/// <summary>MudBlazor's palette in the portal's colours; the same values stand in <c>wwwroot/css/values.css</c>.</summary>
internal static class HubTheme
{
    private static readonly string[] Fonts = ["Inter Variable", "system-ui", "Segoe UI", "Roboto", "sans-serif"];

    public static MudTheme Create() =>
        new()
        {
            PaletteLight = new PaletteLight
            {
                Primary = "#2563eb",
                PrimaryContrastText = "#ffffff",
                Secondary = "#4b5768",
                SecondaryContrastText = "#ffffff",
                Info = "#2563eb",
                Success = "#15703f",
                Warning = "#8a5300",
                Error = "#b42323",
                Dark = "#1b2330",
                Background = "#f6f7f9",
                BackgroundGray = "#eef0f3",
                Surface = "#ffffff",
                AppbarBackground = "#ffffff",
                AppbarText = "#1b2330",
                DrawerBackground = "#ffffff",
                DrawerText = "#1b2330",
                TextPrimary = "#1b2330",
                TextSecondary = "#566172",
                ActionDefault = "#566172",
                ActionDisabled = "#9aa3b0",
                LinesDefault = "#dfe3e8",
                LinesInputs = "#868f9d",
                TableLines = "#e6e9ed",
                TableHover = "#f3f5f8",
                TableStriped = "#f8f9fb",
                Divider = "#dfe3e8",
            },
            PaletteDark = new PaletteDark
            {
                Primary = "#6b9dfa",
                PrimaryContrastText = "#0b1220",
                Secondary = "#a3afbf",
                SecondaryContrastText = "#0b1220",
                Info = "#6b9dfa",
                Success = "#5ecb8d",
                Warning = "#eab45c",
                Error = "#f58b85",
                Dark = "#0d1117",
                Background = "#12161d",
                BackgroundGray = "#0d1117",
                Surface = "#1a2029",
                AppbarBackground = "#1a2029",
                AppbarText = "#e6eaf0",
                DrawerBackground = "#1a2029",
                DrawerText = "#e6eaf0",
                TextPrimary = "#e6eaf0",
                TextSecondary = "#9ca8b8",
                ActionDefault = "#9ca8b8",
                ActionDisabled = "#5d6877",
                LinesDefault = "#2b333f",
                LinesInputs = "#6d7888",
                TableLines = "#262e39",
                TableHover = "#202733",
                TableStriped = "#1d232d",
                Divider = "#2b333f",
            },
            LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "56px" },
            Typography = new Typography
            {
                Default = new DefaultTypography
                {
                    FontFamily = Fonts,
                    FontSize = ".875rem",
                    LineHeight = "1.43",
                },
                Body1 = new Body1Typography
                {
                    FontSize = ".875rem",
                    LineHeight = "1.43",
                    LetterSpacing = "normal",
                },
                Body2 = new Body2Typography { FontSize = ".8125rem", LetterSpacing = "normal" },
                H1 = new H1Typography
                {
                    FontSize = "1.375rem",
                    FontWeight = "650",
                    LineHeight = "1.3",
                },
                H2 = new H2Typography
                {
                    FontSize = "1.125rem",
                    FontWeight = "650",
                    LineHeight = "1.35",
                },
                H3 = new H3Typography
                {
                    FontSize = "1rem",
                    FontWeight = "600",
                    LineHeight = "1.4",
                },
                Button = new ButtonTypography
                {
                    FontSize = ".875rem",
                    FontWeight = "550",
                    TextTransform = "none",
                },
            },
        };
}
