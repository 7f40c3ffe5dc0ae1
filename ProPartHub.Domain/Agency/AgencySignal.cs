using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.Agency;

/// <summary>What people of the agency set, decide or earn beside their leads, by the tables in which it is kept.</summary>
public enum AgencyTopic
{
    /// <summary>Questions for clients.</summary>
    Claims = 1,

    /// <summary>Service levels.</summary>
    ServiceLevels = 2,

    /// <summary>Rules of assignment.</summary>
    Assignment = 3,

    /// <summary>Who is away, and how many leads somebody takes.</summary>
    Availability = 4,

    /// <summary>Message templates.</summary>
    Templates = 5,

    /// <summary>What admins set for all.</summary>
    Settings = 6,

    /// <summary>Points and the rules by which they are given.</summary>
    Points = 7,

    /// <summary>Developments and their units.</summary>
    Catalogue = 8,

    /// <summary>Documents of leads, people and properties.</summary>
    Documents = 9,

    /// <summary>Contacts of the HubSpot account, and how far they are read.</summary>
    Contacts = 15,

    /// <summary>Imports of leads from files.</summary>
    Imports = 30,

    /// <summary>Articles of the knowledge base and its sections.</summary>
    Knowledge = 20,

    /// <summary>Who has read which article.</summary>
    Readings = 21,

    /// <summary>Backups.</summary>
    Backups = 40,

    /// <summary>Pipelines and their stages.</summary>
    Stages = 50,

    /// <summary>Tags.</summary>
    Tags = 51,

    /// <summary>Who works here, as what and in which team.</summary>
    People = 52,
}

/// <summary>
/// Tells the open pages of this process that something of a topic changed, on whichever instance; triggers on the tables say
/// so at commit. Nothing is said of what it was, since everybody may hear it: who hears reads again, as itself. One for the
/// process; safe to call from any thread.
/// </summary>
public sealed class AgencySignal
{
    /// <summary>Name of the notification channel; its payload is the topic.</summary>
    public const string Channel = "propart_agency";

    private readonly Listeners<AgencyTopic> _listeners = new();
    private long _heard;

    /// <summary>Grows with everything that is heard: where it is the same, nothing of any topic has changed.</summary>
    public long Heard => Interlocked.Read(ref _heard);

    /// <summary>Calls back, on the publisher's thread, whenever something of the topic changes; must return at once.</summary>
    public void Join(AgencyTopic topic, Action listener) => _listeners.Join(topic, listener);

    /// <summary>Ends what <see cref="Join"/> began.</summary>
    public void Leave(AgencyTopic topic, Action listener) => _listeners.Leave(topic, listener);

    /// <summary>Takes in what a database notification says; what is no topic is passed over.</summary>
    internal void Hear(string payload)
    {
        if (Enum.TryParse<AgencyTopic>(payload, out var topic))
        {
            Interlocked.Increment(ref _heard);
            _listeners.Tell(topic);
        }
    }

    /// <summary>Tells everybody: what was said while nobody listened is unknown.</summary>
    internal void HearAll()
    {
        Interlocked.Increment(ref _heard);
        _listeners.TellAll();
    }
}
