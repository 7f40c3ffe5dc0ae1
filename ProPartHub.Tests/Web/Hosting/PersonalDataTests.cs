using System.Globalization;
using ProPartHub.Web.Hosting.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Mail to olena.shevchenko+1@gmail.com failed", "Mail to ***@gmail.com failed")]
    [InlineData("?email=olena%40gmail.com", "?email=***@gmail.com")]
    [InlineData("олена@пошта.укр", "***@пошта.укр")]
    [InlineData("Call +380501234567 now", "Call ***67 now")]
    [InlineData("+380 (50) 123-45-67", "***67")]
    [InlineData("?phone=%2B380501234567", "?phone=***67")]
    [InlineData("050 123 45 67", "***67")]
    [InlineData("phone: 0501234567", "phone: ***67")]
    [InlineData("380501234567", "***67")]
    [InlineData("(phone)=(+380501234567) already exists", "(phone)=(***67) already exists")]
    [InlineData("tel:+447911123456", "tel:***56")]
    public void Text_WithPersonalData_IsMasked(string text, string expected) =>
        Assert.Equal(expected, PersonalData.Mask(text));

    [Theory]
    [InlineData("2026-11-22T10:33:12.1234567Z")]
    [InlineData("took 0.0501234567 s")]
    [InlineData("0198f2c4-1b7c-7000-8000-001122334455")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("deal 3204738258 in pipeline 2341107958")]
    [InlineData("lead L-10482, 20 rows, page 3 of 100")]
    [InlineData("No such host")]
    public void Text_WithoutPersonalData_StaysReadable(string text) => Assert.Equal(text, PersonalData.Mask(text));

    [Fact]
    public void Sink_MasksProperties_AtAnyDepth()
    {
        var log = Write(logger =>
            logger.Information(
                "Saved {@Lead} for {Recipients} from {Source}",
                new
                {
                    Name = "Олена Шевченко",
                    Phone = "+380501234567",
                    Note = "write to a@b.ua",
                    Number = 10482,
                },
                new List<string> { "x@y.com" },
                new Uri("https://hub.example.com/?q=a@b.ua")
            )
        );

        Assert.DoesNotContain("Шевченко", log, StringComparison.Ordinal);
        Assert.DoesNotContain("380501234567", log, StringComparison.Ordinal);
        Assert.DoesNotContain("a@b", log, StringComparison.Ordinal);
        Assert.DoesNotContain("x@y", log, StringComparison.Ordinal);
        Assert.Contains("10482", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Sink_MasksTextThatWasPutIntoTheTemplate()
    {
        var address = "a@b.ua";
        var log = Write(logger => logger.Information($"Sent to {address}"));

        Assert.Contains("Sent to ***@b.ua", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Sink_MasksExceptions_AndKeepsTheirTrace()
    {
        var log = Write(logger =>
        {
            try
            {
                throw new InvalidOperationException("Key (phone)=(+380501234567) exists", new IOException("x@y.com"));
            }
            catch (InvalidOperationException exception)
            {
                logger.Error(exception, "Failed");
            }
        });

        Assert.DoesNotContain("380501234567", log, StringComparison.Ordinal);
        Assert.DoesNotContain("x@y", log, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", log, StringComparison.Ordinal);
        Assert.Contains(nameof(Sink_MasksExceptions_AndKeepsTheirTrace), log, StringComparison.Ordinal);
    }

    private static string Write(Action<ILogger> log)
    {
        var memory = new MemorySink();
        using var logger = new LoggerConfiguration().WriteTo.Sink(new MaskingSink(memory)).CreateLogger();
        log(logger);
        var line = Assert.Single(memory.Events);
        return string.Join(
            '\n',
            line.RenderMessage(CultureInfo.InvariantCulture),
            string.Join('\n', line.Properties),
            line.Exception?.ToString()
        );
    }

    private sealed class MemorySink : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
