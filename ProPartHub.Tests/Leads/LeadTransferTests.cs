using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class LeadTransferTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadService Leads => _bed.Get<LeadService>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData("  у відпустці\n до понеділка ", "у відпустці  до понеділка")]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public async Task Reason_StandsInTheHistory_OnOneLine(string? typed, string? stored)
    {
        await Leads.TransferAsync(_bed.Nina, _lead, _bed.Taras.UserId, typed, Token);

        var history = await _bed.ReadAsync(db =>
            db.LeadEvents.SingleAsync(entry => entry.Kind == LeadEventKind.Transferred)
        );
        Assert.Equal(stored, history.Changes.SingleOrDefault(change => change.Field == FieldChange.Reason)?.After);
        Assert.Equal(_bed.Olena.UserId, history.PreviousAgentId);
        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(_lead)).AgentId);
    }

    [Theory]
    [InlineData(501, FieldErrorCode.TooLong)]
    [InlineData(-1, FieldErrorCode.UnreadableText)]
    public async Task Reason_TooLongOrUnreadable_ChangesNothing(int length, string code)
    {
        var reason = length < 0 ? "кома\0нда" : new string('я', length);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.TransferAsync(_bed.Nina, _lead, _bed.Taras.UserId, reason, Token)
        );

        Assert.Equal(code, Assert.Single(refusal.Errors).Code);
        Assert.Equal(_bed.Olena.UserId, (await _bed.LoadAsync(_lead)).AgentId);
    }

    [Fact]
    public async Task ToThePersonWhoHasItAlready_WritesNoHistory()
    {
        await Leads.TransferAsync(_bed.Nina, _lead, _bed.Olena.UserId, "знову", Token);

        Assert.False(
            await _bed.ReadAsync(db => db.LeadEvents.AnyAsync(entry => entry.Kind == LeadEventKind.Transferred))
        );
    }
}
