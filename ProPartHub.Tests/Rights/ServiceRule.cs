namespace ProPartHub.Tests.Rights;

/// <summary>Who may use a public method of a service that takes an actor.</summary>
internal enum ServiceRule
{
    /// <summary>Admins alone; everybody else is refused before anything is read.</summary>
    Admins,

    /// <summary>Whoever sees the lead, or leads the person, that it is about; for others there is no such thing.</summary>
    Concerned,

    /// <summary>Everybody, for the own leads, account or team: others' are not in the answer.</summary>
    Own,
}

/// <summary>The rule of each method. A new method without a rule makes the walk fail: decide first, then write it here.</summary>
internal static class ServiceRules
{
    public static IReadOnlyDictionary<string, ServiceRule> All { get; } =
        new Dictionary<ServiceRule, string[]>
        {
            [ServiceRule.Admins] =
            [
                "AccountGuards.DemandNewPasswordAsync",
                "AccountGuards.RemoveSecondFactorAsync",
                "AccountGuards.UnlockAsync",
                "AgentForecast.OfAliasAsync",
                "AgentForecast.OfLinkAsync",
                "AgentMismatchQueries.LeadsAsync",
                "AgentMismatchQueries.PageAsync",
                "AgentMismatchRepair.TakeTheirsAsync",
                "AgentMismatchRepair.TellOursAsync",
                "AgentNameQueries.PageAsync",
                "LeadHandOver.GiveAllAsync",
                "LogInHealth.CountsAsync",
                "LogInHealth.PageAsync",
                "MailQueries.PageAsync",
                "MappingQueries.PipelinesAsync",
                "OwnerAliases.AddAsync",
                "OwnerAliases.OfAsync",
                "OwnerAliases.RemoveAsync",
                "OwnerLinking.ChoicesAsync",
                "OwnerLinking.LinkAsync",
                "OwnerLinking.NamesAsync",
                "OwnerMappingQueries.CountsAsync",
                "OwnerMappingQueries.PageAsync",
                "PeopleAdmin.ChangeAsync",
                "PeopleAdmin.EndSessionsAsync",
                "PeopleAdmin.LockAsync",
                "PeopleAdmin.SwitchOffAsync",
                "PeopleAdmin.SwitchOnAsync",
                "PeopleAdmin.UnlockAsync",
                "PeopleDirectory.TeamsAsync",
                "PeopleInvitation.InviteAsync",
                "PeopleInvitation.InviteManyAsync",
                "PeopleInvitation.MailLinkAsync",
                "PeopleInvitation.NewLinkAsync",
                "PreviewQueries.PageAsync",
                "PreviewQueries.SummaryAsync",
                "StageMeaning.SetAsync",
                "SyncAdmin.AskForCheckAsync",
                "SyncAdmin.GiveUpAsync",
                "SyncAdmin.PauseAsync",
                "SyncAdmin.ResumeAsync",
                "SyncAdmin.RetryAllParkedAsync",
                "SyncAdmin.RetryParkedAsync",
                "SyncLogQueries.PageAsync",
                "SyncStatusQueries.StatusAsync",
                "SyncSwitches.SetAsync",
                "SyncTroubleQueries.ConflictsAsync",
                "SyncTroubleQueries.ParkedAsync",
                "SyncTroubleQueries.PullProblemsAsync",
                "ThroughputQueries.DayAsync",
                "ViewAs.BeginAsync",
                "WaitingQueries.PageAsync",
            ],
            [ServiceRule.Concerned] =
            [
                "CommentService.AddAsync",
                "CommentService.DeleteAsync",
                "CommentService.EditAsync",
                "ConflictService.RestoreAsync",
                "ConflictService.SettleAsync",
                "FollowUpQueries.OpenAsync",
                "FollowUpService.AddAsync",
                "FollowUpService.DeleteAsync",
                "FollowUpService.EditAsync",
                "FollowUpService.RestoreAsync",
                "FollowUpService.SetDoneAsync",
                "LeadQueries.DetailsAsync",
                "LeadService.ArchiveAsync",
                "LeadService.EditAsync",
                "LeadService.MoveAsync",
                "LeadService.RestoreAsync",
                "LeadService.TransferAsync",
                "LeadSyncQueries.StatusAsync",
                "SyncAdmin.SyncLeadNowAsync",
                "SyncLogQueries.OfLeadAsync",
                "TimelineQueries.PageAsync",
                "VerificationQueries.OpenAsync",
                "VerificationReview.ApproveAsync",
                "VerificationReview.AskForMoreAsync",
                "VerificationReview.RejectAsync",
                "VerificationReview.RevokeAsync",
            ],
            [ServiceRule.Own] =
            [
                "AddressChange.AskAsync",
                "BoardQueries.ColumnsAsync",
                "BoardQueries.FirstCardsAsync",
                "BoardQueries.MoreCardsAsync",
                "DuplicateCheck.FindAsync",
                "FeedHistory.SinceAsync",
                "LeadFeed.StartAsync",
                "LeadQueries.CountAsync",
                "LeadQueries.FindByNumberAsync",
                "LeadQueries.PageAsync",
                "LeadQueries.RowsAsync",
                "LeadService.CreateAsync",
                "OwnAccount.ChangePasswordAsync",
                "OwnAccount.ReadAsync",
                "OwnAccount.SaveAsync",
                "PeopleDirectory.PageAsync",
                "PeopleDirectory.PersonAsync",
                "PeopleQueries.AssignableAsync",
                "SecondFactor.RenewCodesAsync",
                "SecondFactor.TurnOffAsync",
                "SecurityLog.RecordAsync",
                "UserSessions.EndAsync",
                "UserSessions.EndOthersAsync",
                "UserSessions.ListAsync",
                "VerificationQueries.OwnAsync",
                "VerificationQueries.QueueAsync",
                "VerificationQueries.VerifiedAsync",
                "VerificationService.AskAsync",
                "ViewAs.EndAsync",
            ],
        }
            .SelectMany(group => group.Value.Select(method => KeyValuePair.Create(method, group.Key)))
            .ToDictionary();
}
