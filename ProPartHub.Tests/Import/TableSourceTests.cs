using System.IO.Compression;
using System.Text;
using CsCheck;
using MiniExcelLibs;
using ProPartHub.Domain.Transfer.Import;
using Xunit;

namespace ProPartHub.Tests.Import;

public sealed class TableSourceTests
{
    private static readonly Gen<string> Cell = Gen.String[Gen.Char["abcЯїґЄ09 ,;\t|\"'\n=+-@"], 0, 12];

    private static readonly Gen<string[][]> Rows = Gen.Select(Gen.Int[2, 6], Gen.Int[1, 12])
        .SelectMany((columns, rows) => Cell.Array[columns].Array[rows]);

    private static readonly Gen<TextCoding> Coding = Gen.Int[1, 4].Select(number => (TextCoding)number);

    private static readonly Gen<char> Separator = Gen.Int[0, 3].Select(place => TextShape.Separators[place]);

    [Fact]
    public void Text_SurvivesWritingAndReading_WithEveryCodingAndSeparator() =>
        Gen.Select(Rows, Coding, Separator, Gen.Bool)
            .Sample(
                (rows, coding, separator, hasMark) =>
                {
                    var table = WithHeadings(rows);
                    var bytes = Written(table, coding, separator, hasMark && coding is not TextCoding.Windows1251);

                    var shape = TextShape.Of(bytes);

                    Assert.Equal(separator, shape.Separator);
                    var read = TableSource.Text(bytes, new TextShape(coding, separator));
                    Assert.Equal(Kept(table), read.Select(row => row.Cells.ToArray()));
                },
                iter: 400
            );

    [Fact]
    public void Coding_IsFound_ByMarkZerosOrValidity() =>
        Gen.Select(Coding, Gen.Bool)
            .Sample(
                (coding, hasMark) =>
                    Assert.Equal(
                        coding,
                        TextShape
                            .Of(
                                Written(
                                    [
                                        ["Ім'я", "Телефон"],
                                        ["Олена", "050"],
                                    ],
                                    coding,
                                    ';',
                                    hasMark
                                )
                            )
                            .Coding
                    ),
                iter: 20
            );

    [Fact]
    public void Sheet_SurvivesWritingAndReading() =>
        Rows.Sample(
            rows =>
            {
                var table = WithHeadings(rows);

                var read = TableSource.Sheet(Workbook(table)).Select(row => row.Cells.Select(Blank));

                // Blank cells say nothing, and a workbook does not keep what they are blank with.
                Assert.Equal(Kept(table).Select(row => row.Select(Blank)), read);
            },
            iter: 60
        );

    [Fact]
    public void Sheet_WritesDaysAndNumbersPlainly()
    {
        using var stream = new MemoryStream();
        stream.SaveAs(
            new[]
            {
                new Dictionary<string, object>
                {
                    ["Phone"] = 380501234567d,
                    ["Born"] = new DateTime(1985, 12, 31),
                    ["Sum"] = 1250.5m,
                },
            }
        );

        var row = TableSource.Sheet(stream.ToArray()).Last();

        Assert.Equal(["380501234567", "1985-12-31", "1250.5"], row.Cells);
    }

    [Fact]
    public void Rows_AreCountedAsASpreadsheetDoes_AndEmptyOnesLeftOut()
    {
        var rows = TableSource.Text(
            Encoding.UTF8.GetBytes("a;b\n\n\"x\ny\";2\n;\n3;4"),
            new TextShape(TextCoding.Utf8, ';')
        );

        Assert.Equal([1, 3, 5], rows.Select(row => row.Number));
    }

    [Fact]
    public void SeparatorHint_OfExcel_IsNoHeading()
    {
        var bytes = Encoding.UTF8.GetBytes("sep=|\r\nname|phone\r\nA,B;C|1\r\n");
        var shape = TextShape.Of(bytes);

        Assert.Equal('|', shape.Separator);
        Assert.Equal(["name", "phone"], TableSource.Text(bytes, shape).First().Cells);
    }

    [Theory]
    [InlineData("", FileTrouble.Empty)]
    [InlineData("D0CF11E0A1B11AE1", FileTrouble.WrongKind)]
    [InlineData("255044462D312E37", FileTrouble.WrongKind)]
    public void Kind_OfWhatIsNoTable_IsRefused(string hex, FileTrouble trouble)
    {
        var refusal = Assert.Throws<UnreadableFileException>(() => TableSource.IsWorkbook(Convert.FromHexString(hex)));

        Assert.Equal(trouble, refusal.Trouble);
    }

    [Fact]
    public void Text_OfZerosEverywhere_IsNone() =>
        Assert.Equal(
            FileTrouble.WrongKind,
            Assert.Throws<UnreadableFileException>(() => TextShape.Of([1, 0, 0, 2, 0, 0, 3])).Trouble
        );

    [Fact]
    public void Archive_ThatUnpacksToGigabytes_IsRefused_BeforeItIsRead()
    {
        using var bomb = new MemoryStream();
        using (var archive = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("xl/workbook.xml");
            using var part = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i <= ImportLimits.Unpacked / zeros.Length; i++)
            {
                part.Write(zeros);
            }
        }

        Assert.True(bomb.Length < ImportLimits.FileSize);
        Assert.Equal(FileTrouble.UnpacksTooLarge, TroubleOf(() => TableSource.Sheet(bomb.ToArray())));
    }

    [Fact]
    public void Archive_ThatIsNoWorkbook_OrDamaged_IsRefused()
    {
        using var other = new MemoryStream();
        using (var archive = new ZipArchive(other, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("word/document.xml");
        }

        Assert.Equal(FileTrouble.WrongKind, TroubleOf(() => TableSource.Sheet(other.ToArray())));
        var whole = Workbook([
            ["a", "b"],
            ["1", "2"],
        ]);
        Assert.Equal(FileTrouble.Damaged, TroubleOf(() => TableSource.Sheet(whole[..(whole.Length / 2)])));
    }

    [Fact]
    public void Limits_OfRowsAndColumns_Hold()
    {
        var wide = Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, ImportLimits.Columns + 1)) + "\n");
        var longText = new StringBuilder("a,b\n");
        for (var i = 0; i <= ImportLimits.Rows; i++)
        {
            longText.Append(i).Append(",x\n");
        }

        var shape = new TextShape(TextCoding.Utf8, ',');
        Assert.Equal(FileTrouble.TooManyColumns, TroubleOf(() => TableSource.Text(wide, shape)));
        Assert.Equal(
            FileTrouble.TooManyRows,
            TroubleOf(() => TableSource.Text(Encoding.UTF8.GetBytes(longText.ToString()), shape))
        );
    }

    private static FileTrouble TroubleOf(Func<IEnumerable<TableRow>> read) =>
        Assert.Throws<UnreadableFileException>(() => read().Count()).Trouble;

    // Headings that no separator stands in, so that it can be found; the last column is never empty there.
    private static string[][] WithHeadings(string[][] rows) =>
        [
            [.. Enumerable.Range(0, rows[0].Length).Select(place => $"H{place}")],
            .. rows,
        ];

    // Rows without anything are left out.
    private static IEnumerable<string[]> Kept(string[][] table) =>
        table.Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell)));

    private static string Blank(string cell) => string.IsNullOrWhiteSpace(cell) ? "" : cell;

    private static byte[] Written(string[][] rows, TextCoding coding, char separator, bool hasMark)
    {
        var text = string.Concat(rows.Select(row => string.Join(separator, row.Select(Quoted)) + "\r\n"));
        var encoding = TextShape.EncodingOf(coding);
        return [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
    }

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static byte[] Workbook(string[][] rows)
    {
        using var stream = new MemoryStream();
        var table = rows.Select(row =>
            row.Select((cell, place) => (Key: $"c{place}", Cell: (object)cell))
                .ToDictionary(pair => pair.Key, pair => pair.Cell)
        );
        stream.SaveAs(table.ToList(), printHeader: false);
        return stream.ToArray();
    }
}
