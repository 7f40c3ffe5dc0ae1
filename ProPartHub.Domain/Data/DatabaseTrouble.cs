namespace ProPartHub.Domain.Data;

/// <summary>Why a database server that answers does not do what it is asked.</summary>
public enum DatabaseTrouble
{
    /// <summary>It has no connection left to give.</summary>
    NoConnections = 1,

    /// <summary>Its disk is full: what is there can be read, and nothing can be added.</summary>
    NoRoom,

    /// <summary>It may be read only, as a standby may before it has taken over.</summary>
    ReadOnly,
}
