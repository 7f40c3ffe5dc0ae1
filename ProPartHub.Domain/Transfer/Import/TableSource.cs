using System.Globalization;
using CsvHelper;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>A row of a file.</summary>
/// <param name="Number">Its place, counted from 1 as a spreadsheet does.</param>
/// <param name="Cells">Its cells as text; never more than there are headings.</param>
public sealed record TableRow(int Number, IReadOnlyList<string> Cells);

/// <summary>Reads the rows of an uploaded file, one after another.</summary>
public static class TableSource
{
    private static readonly OpenXmlConfiguration Workbook = new() { EnableSharedStringCache = false };

    /// <summary>True for a workbook, false for what may be text.</summary>
    /// <exception cref="UnreadableFileException">It is empty, too large, or of a kind that is not read.</exception>
    public static bool IsWorkbook(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            throw new UnreadableFileException(FileTrouble.Empty);
        }

        if (content.Length > ImportLimits.FileSize)
        {
            throw new UnreadableFileException(FileTrouble.TooLarge);
        }

        // The old binary workbooks, PDF and pictures begin so; what begins like an archive must be a workbook.
        return content switch
        {
            [0x50, 0x4B, 0x03, 0x04, ..] => true,
            [0xD0, 0xCF, 0x11, 0xE0, ..] or [0x25, 0x50, 0x44, 0x46, ..] or [0x89, 0x50, 0x4E, 0x47, ..] =>
                throw new UnreadableFileException(FileTrouble.WrongKind),
            _ => false,
        };
    }

    /// <summary>The rows of a text: the headings first, empty rows left out.</summary>
    /// <exception cref="UnreadableFileException">There are more rows or columns than allowed, while they are read.</exception>
    public static IEnumerable<TableRow> Text(byte[] content, TextShape shape) => Limited(TextRows(content, shape));

    /// <summary>The rows of a workbook's first sheet: the headings first, empty rows left out.</summary>
    /// <exception cref="UnreadableFileException">It is damaged, or larger than allowed, while it is read.</exception>
    public static IEnumerable<TableRow> Sheet(byte[] content)
    {
        ArchiveGuard.Check(content);
        return SheetOnceMore(content);
    }

    /// <summary>The same of a workbook that was read before: it need not be unpacked twice to see how large it is.</summary>
    internal static IEnumerable<TableRow> SheetOnceMore(byte[] content) => Limited(SheetRows(content));

    private static IEnumerable<TableRow> TextRows(byte[] content, TextShape shape)
    {
        using var text = new StreamReader(
            new MemoryStream(content),
            TextShape.EncodingOf(shape.Coding),
            detectEncodingFromByteOrderMarks: false
        );
        if (text.Peek() == '\uFEFF')
        {
            text.Read();
        }

        using var reader = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                Separator = shape.Separator,
                HasHeader = false,
                // Empty lines count as rows, as they do in a spreadsheet.
                SkipEmptyLines = false,
                IncludeValuesInExceptions = false,
            }
        );
        for (var number = 1; reader.Read(); number++)
        {
            var cells = new string[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = reader.GetString(i);
            }

            // What Excel writes before the headings, to say what divides them.
            if (number == 1 && cells is ["sep=", ..] or [['s', 'e', 'p', '=', _]])
            {
                continue;
            }

            yield return new TableRow(number, cells);
        }
    }

    private static IEnumerable<TableRow> SheetRows(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var rows = Begin(stream);
        for (var number = 1; Next(rows); number++)
        {
            var row = (IDictionary<string, object?>)rows.Current;
            if (row.Count > ImportLimits.Columns * 5)
            {
                throw new UnreadableFileException(FileTrouble.TooManyColumns);
            }

            yield return new TableRow(number, [.. row.Values.Select(Written)]);
        }
    }

    private static IEnumerator<dynamic> Begin(Stream stream) =>
        Guarded(() =>
            stream.Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: Workbook).GetEnumerator()
        );

    private static bool Next(IEnumerator<dynamic> rows) => Guarded(rows.MoveNext);

    // Whatever a reader of workbooks makes of a damaged one, to the person it is the same.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or UnreadableFileException))
        {
            throw new UnreadableFileException(FileTrouble.Damaged);
        }
    }

    private static IEnumerable<TableRow> Limited(IEnumerable<TableRow> rows)
    {
        var (columns, count) = (0, 0);
        foreach (var row in rows)
        {
            var filled = LastFilled(row.Cells);
            if (filled == 0)
            {
                continue;
            }

            if (columns == 0)
            {
                columns =
                    filled <= ImportLimits.Columns
                        ? filled
                        : throw new UnreadableFileException(FileTrouble.TooManyColumns);
            }
            else if (++count > ImportLimits.Rows)
            {
                throw new UnreadableFileException(FileTrouble.TooManyRows);
            }

            yield return row with
            {
                Cells = Fitted(row.Cells, columns),
            };
        }
    }

    private static int LastFilled(IReadOnlyList<string> cells)
    {
        var last = cells.Count;
        while (last > 0 && string.IsNullOrWhiteSpace(cells[last - 1]))
        {
            last--;
        }

        return last;
    }

    // NUL cannot be stored at all; everything else that cannot be shown is judged by the rules of its field.
    private static string[] Fitted(IReadOnlyList<string> cells, int columns)
    {
        var fitted = new string[columns];
        for (var i = 0; i < columns; i++)
        {
            var cell = i < cells.Count ? cells[i].Replace("\0", "", StringComparison.Ordinal) : "";
            fitted[i] = cell.Length > ImportLimits.Cell ? cell[..ImportLimits.Cell] : cell;
        }

        return fitted;
    }

    private static string Written(object? cell) =>
        cell switch
        {
            null => "",
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            // Phones stand in such cells too: no exponent, no thousands.
            double number when Math.Abs(number) < 1e15 => ((decimal)number).ToString(CultureInfo.InvariantCulture),
            _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
        };
}
