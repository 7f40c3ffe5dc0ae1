using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Views;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards;

/// <summary>What an open board was asked to show.</summary>
/// <param name="Filter">Leaves only some leads.</param>
/// <param name="PipelineId">Whose stages; null for the first pipeline.</param>
/// <param name="Grouping">What the columns stand for.</param>
internal sealed record BoardAsked(LeadListQuery Filter, Guid? PipelineId, BoardGrouping Grouping)
{
    /// <summary>What a person gets of it: an agent has no columns of people.</summary>
    public BoardAsked For(Actor actor) =>
        actor.Role is Role.Agent && Grouping is BoardGrouping.Agent
            ? this with
            {
                Grouping = BoardGrouping.Stage,
            }
            : this;

    /// <summary>The pipeline that was asked for, or the first; none where there are no stages.</summary>
    public Guid ShownPipeline(IReadOnlyList<StageItem> stages) =>
        PipelineId is { } wanted && stages.Any(stage => stage.PipelineId == wanted) ? wanted
        : stages is [var first, ..] ? first.PipelineId
        : Guid.Empty;

    /// <summary>What to read for it now.</summary>
    public BoardQuery Query(IReadOnlyList<StageItem> stages, AgencyTime time)
    {
        var pipeline = ShownPipeline(stages);
        return new BoardQuery(
            [.. stages.Where(stage => stage.PipelineId == pipeline)],
            Grouping,
            BoardDays.From(time),
            Filter
        );
    }
}

/// <summary>
/// The board's filters, pipeline and columns as the address of its page: the names that the list uses, and two more. A value
/// that makes no sense counts as absent.
/// </summary>
internal static class BoardAddress
{
    public const string Path = "/board";

    private const string Pipeline = "pipeline";
    private const string Columns = "by";

    /// <summary>Reads the address of the page.</summary>
    public static BoardAsked Read(Uri address, AgencyTime time)
    {
        var values = QueryHelpers.ParseQuery(address.Query);
        var list = LeadListAddress.Read(address, time);
        return new BoardAsked(
            list with
            {
                StageIds = [],
                Archived = false,
                Sort = LeadSort.Number,
                Descending = true,
                Cursor = null,
                Backward = false,
            },
            Guid.TryParse(values.GetValueOrDefault(Pipeline), out var pipeline) ? pipeline : null,
            LeadListAddress.ParseEnum<BoardGrouping>(values.GetValueOrDefault(Columns)) ?? BoardGrouping.Stage
        );
    }

    /// <summary>The address that shows it; what is the default is left out.</summary>
    public static string Write(BoardAsked asked, AgencyTime time)
    {
        var values = LeadListAddress.Values(asked.Filter, time);
        if (asked.PipelineId is { } pipeline)
        {
            values.Add(new(Pipeline, pipeline.ToString()));
        }

        if (asked.Grouping is not BoardGrouping.Stage)
        {
            values.Add(new(Columns, asked.Grouping.ToString().ToLowerInvariant()));
        }

        return QueryHelpers.AddQueryString(Path, values);
    }
}
