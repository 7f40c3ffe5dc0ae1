using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// A workbook of one sheet (Office Open XML), written row by row as it is read. Text is written as text: a spreadsheet never
/// takes it for a formula, whatever it begins with.
/// </summary>
internal sealed class XlsxSheet : IAsyncDisposable
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Head = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Parts = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    // As the format allows.
    private const int LongestName = 31;
    private const int LongestText = 32_767;

    private readonly ZipArchive _archive;
    private readonly StreamWriter _rows;

    private XlsxSheet(ZipArchive archive, StreamWriter rows) => (_archive, _rows) = (archive, rows);

    /// <summary>Begins the file.</summary>
    /// <param name="file">What to write to; stays open.</param>
    /// <param name="name">The sheet's name; cut to what the format allows.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task<XlsxSheet> BeginAsync(Stream file, string name, CancellationToken cancellationToken)
    {
        var archive = await ZipArchive.CreateAsync(
            file,
            ZipArchiveMode.Create,
            leaveOpen: true,
            entryNameEncoding: null,
            cancellationToken
        );
        await AddPartAsync(
            archive,
            "[Content_Types].xml",
            $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Parts}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Parts}.worksheet+xml"/></Types>
            """,
            cancellationToken
        );
        await AddPartAsync(
            archive,
            "_rels/.rels",
            $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
            cancellationToken
        );
        await AddPartAsync(
            archive,
            "xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{SheetName(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>""",
            cancellationToken
        );
        await AddPartAsync(
            archive,
            "xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""",
            cancellationToken
        );
        var rows = await OpenAsync(archive, "xl/worksheets/sheet1.xml", cancellationToken);
        await rows.WriteAsync($"""{Head}<worksheet xmlns="{Main}"><sheetData>""".AsMemory(), cancellationToken);
        return new XlsxSheet(archive, rows);
    }

    /// <summary>Adds a row of texts, amounts and empty cells.</summary>
    public Task AddAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        var line = new StringBuilder("<row>");
        foreach (var cell in row)
        {
            line.Append(Cell(cell));
        }

        return _rows.WriteAsync(line.Append("</row>"), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _rows.WriteAsync("</sheetData></worksheet>");
        await _rows.DisposeAsync();
        await _archive.DisposeAsync();
    }

    private static string Cell(object? cell) =>
        cell switch
        {
            null => "<c/>",
            decimal amount => $"<c><v>{amount.ToString("0.##", CultureInfo.InvariantCulture)}</v></c>",
            _ => $"""<c t="inlineStr"><is><t xml:space="preserve">{Text(cell)}</t></is></c>""",
        };

    // XML has no way to write most control characters.
    private static string? Text(object cell)
    {
        var text = Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
        var readable = string.Concat(
            text.EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' || !Rune.IsControl(rune))
        );
        return SecurityElement.Escape(readable.Length > LongestText ? readable[..LongestText] : readable);
    }

    private static string? SheetName(string name) =>
        SecurityElement.Escape(name.Length > LongestName ? name[..LongestName] : name);

    private static async Task AddPartAsync(
        ZipArchive archive,
        string name,
        string content,
        CancellationToken cancellationToken
    )
    {
        await using var part = await OpenAsync(archive, name, cancellationToken);
        await part.WriteAsync((Head + content).AsMemory(), cancellationToken);
    }

    private static async Task<StreamWriter> OpenAsync(
        ZipArchive archive,
        string name,
        CancellationToken cancellationToken
    ) => new(await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken));
}
