using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Templates;

/// <content>That a message went to a client.</content>
public sealed partial class MessageTemplates
{
    /// <summary>Name of the change that says by which program a message went.</summary>
    public const string ChannelField = "MessageChannel";

    /// <summary>Name of the change that holds the message.</summary>
    public const string TextField = "MessageText";

    /// <summary>Longest message that is kept in the timeline, in characters.</summary>
    public const int KeptLength = 3000;

    /// <summary>Notes in the lead's timeline that a message went to the client.</summary>
    /// <param name="actor">Who sent it.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="channel">By which program.</param>
    /// <param name="text">The message as it was opened there; cut to <see cref="KeptLength"/> characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">There is no such program.</exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task NoteSentAsync(
        Actor actor,
        Guid leadId,
        MessageChannel channel,
        string text,
        CancellationToken cancellationToken
    )
    {
        if (!Enum.IsDefined(channel))
        {
            throw new InvalidInputException(nameof(MessageTemplate.Channel), FieldErrorCode.UnknownOption);
        }

        return database.InTransactionAsync(
            async (db, token) =>
            {
                var lead = await db.LeadToChangeAsync(actor, leadId, token);
                new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow()).Record(
                    db,
                    lead,
                    LeadEventKind.MessageSent,
                    [
                        new(ChannelField, null, channel.ToString()),
                        new(TextField, null, ReadableText.Cut(text, KeptLength)),
                    ]
                );
            },
            cancellationToken
        );
    }
}
