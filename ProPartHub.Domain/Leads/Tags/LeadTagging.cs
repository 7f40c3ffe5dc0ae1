using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads.Tags;

/// <summary>Puts tags on a lead that its caller has locked, and takes them off, with the history's entry.</summary>
internal static class LeadTagging
{
    /// <summary>Puts the tag on or takes it off; where that is so already nothing is written.</summary>
    /// <returns>True when it was written.</returns>
    public static async Task<bool> SetAsync(
        HubDbContext db,
        LeadRecorder recorder,
        Lead lead,
        Tag tag,
        bool isOn,
        CancellationToken cancellationToken
    )
    {
        var present = await db.LeadTags.SingleOrDefaultAsync(
            row => row.LeadId == lead.Id && row.TagId == tag.Id,
            cancellationToken
        );
        if (present is not null == isOn)
        {
            return false;
        }

        if (present is null)
        {
            PutOn(db, recorder, lead, tag);
            return true;
        }

        db.LeadTags.Remove(present);
        recorder.Record(db, lead, LeadEventKind.TagsChanged, [new FieldChange(FieldChange.Tag, tag.Name, null)]);
        return true;
    }

    /// <summary>Puts a tag on a lead that does not have it.</summary>
    public static void PutOn(HubDbContext db, LeadRecorder recorder, Lead lead, Tag tag)
    {
        db.LeadTags.Add(new LeadTag { LeadId = lead.Id, TagId = tag.Id });
        // By its name, as it was then: a tag that is called otherwise later leaves the history as it was.
        recorder.Record(db, lead, LeadEventKind.TagsChanged, [new FieldChange(FieldChange.Tag, null, tag.Name)]);
    }
}
