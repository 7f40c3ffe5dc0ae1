using Microsoft.AspNetCore.Components;
using QRCoder;

namespace ProPartHub.Web.Account;

/// <summary>A QR code as inline SVG: no request, no script, and sharp at any size.</summary>
internal static class QrPicture
{
    // Dark on light in both themes, with the margin that cameras need.
    public static MarkupString Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        return new(
            picture.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute)
        );
    }
}
