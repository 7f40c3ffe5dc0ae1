using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// An event as the seal sees it, in three parts: the skeleton that stays for ever, who did it, and what was written. The
/// latter two may lawfully be erased, so each is hashed with a salt of its own: without the salt nobody can find out by
/// trying what a hash was made of.
/// </summary>
/// <param name="Source">Its table.</param>
/// <param name="Id">Its key.</param>
/// <param name="TransactionId">The transaction that wrote it.</param>
/// <param name="Skeleton">Ids, kind and time.</param>
/// <param name="Who">Name and address; empty once erased.</param>
/// <param name="What">Values or details; empty once erased.</param>
internal sealed record AuditContent(
    AuditSource Source,
    long Id,
    ulong TransactionId,
    IReadOnlyList<string?> Skeleton,
    IReadOnlyList<string?> Who,
    IReadOnlyList<string?> What
)
{
    private const int SaltLength = 32;

    public static AuditContent Of(SecurityEvent entry) =>
        new(
            AuditSource.Security,
            entry.Id,
            entry.TransactionId,
            [
                Text((int)entry.Kind),
                Text(entry.OccurredAt),
                entry.ActorId?.ToString(),
                entry.UserId?.ToString(),
                entry.LeadId?.ToString(),
            ],
            [entry.ActorName, entry.Address],
            [
                .. entry
                    .Details.OrderBy(detail => detail.Key, StringComparer.Ordinal)
                    .SelectMany(detail => new[] { detail.Key, detail.Value }),
            ]
        );

    public static AuditContent Of(LeadEvent entry) =>
        new(
            AuditSource.Lead,
            entry.Id,
            entry.TransactionId,
            [
                Text((int)entry.Kind),
                Text(entry.OccurredAt),
                entry.ActorId?.ToString(),
                entry.LeadId.ToString(),
                Text((int)entry.Origin),
                entry.SubjectId?.ToString(),
                entry.AgentId?.ToString(),
                entry.PreviousAgentId?.ToString(),
                entry.TeamId?.ToString(),
                entry.PreviousTeamId?.ToString(),
            ],
            [entry.ActorName, entry.Address],
            [.. entry.Changes.SelectMany(change => new[] { change.Field, change.Before, change.After })]
        );

    /// <summary>True when neither name nor address is left.</summary>
    public bool HasNoWho => Who.All(string.IsNullOrEmpty);

    /// <summary>True when no value is left.</summary>
    public bool HasNoWhat => What.Count == 0;

    /// <summary>The link that follows another.</summary>
    public AuditSeal Seal(long position, byte[] before, DateTimeOffset at)
    {
        var (whoSalt, whatSalt) = (
            RandomNumberGenerator.GetBytes(SaltLength),
            RandomNumberGenerator.GetBytes(SaltLength)
        );
        var (skeleton, who, what) = (SkeletonHash(), Hash(whoSalt, Who), Hash(whatSalt, What));
        return new AuditSeal
        {
            Position = position,
            Source = Source,
            EventId = Id,
            Skeleton = skeleton,
            Who = who,
            WhoSalt = whoSalt,
            What = what,
            WhatSalt = whatSalt,
            Hash = LinkHash(before, position, Source, Id, skeleton, who, what),
            SealedAt = at,
        };
    }

    public byte[] SkeletonHash() => Hash([], [Text((int)Source), Text(Id), Text(TransactionId), .. Skeleton]);

    public static byte[] LinkHash(AuditSeal seal, byte[] before) =>
        LinkHash(before, seal.Position, seal.Source, seal.EventId, seal.Skeleton, seal.Who, seal.What);

    /// <summary>Hash of texts that no other list of texts has: each is led by its length, a missing one by -1.</summary>
    public static byte[] Hash(byte[] salt, IReadOnlyList<string?> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        foreach (var text in texts)
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(text is null ? -1 : bytes.Length));
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] LinkHash(
        byte[] before,
        long position,
        AuditSource source,
        long id,
        byte[] skeleton,
        byte[] who,
        byte[] what
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(Encoding.UTF8.GetBytes($"{position}:{(int)source}:{id}:"));
        hash.AppendData(skeleton);
        hash.AppendData(who);
        hash.AppendData(what);
        return hash.GetHashAndReset();
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    // PostgreSQL keeps microseconds, always UTC here.
    private static string Text(DateTimeOffset time) =>
        (time.UtcTicks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
