using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Schema;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>Holds a deal's stage inside its pipeline, and a contact's lifecycle moving forward.</summary>
internal sealed class ProgressRules(HubSpotAccount account)
{
    public void Check(CrmRecord? record, Dictionary<string, string> values)
    {
        KeepLifecycleForward(record, values);
        if (!values.ContainsKey("dealstage") && !values.ContainsKey("pipeline"))
            return;

        var stageId = values.GetValueOrDefault("dealstage") ?? record?["dealstage"] ?? "";
        var pipelineId = values.GetValueOrDefault("pipeline") ?? record?["pipeline"] ?? PipelineBook.DefaultId;
        var allowed = account.Pipelines.Get(pipelineId).Stages.Select(stage => stage.Id).ToList();
        if (allowed.Contains(stageId))
            return;

        var property = account.Schema.Find(ObjectType.Deals, "dealstage")!;
        var (_, fault) = PropertyValueRules.NotAnOption(property, stageId, allowed);
        throw PropertyFault.ToError([fault!], account.Options.PortalId).Exception();
    }

    // A step back is quietly not taken: the caller must clear the stage first.
    private void KeepLifecycleForward(CrmRecord? record, Dictionary<string, string> values)
    {
        const string name = "lifecyclestage";
        if (record?[name] is not { } current || values.GetValueOrDefault(name, "") is not { Length: > 0 } wanted)
            return;

        var order = account.Schema.Find(ObjectType.Contacts, name)!.Options.Select(option => option.Value).ToList();
        if (order.IndexOf(wanted) < order.IndexOf(current))
            values.Remove(name);
    }
}
