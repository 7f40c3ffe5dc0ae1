namespace ProPartHub.Benchmarks.Live;

/// <summary>What a portal's process takes, in KiB.</summary>
/// <param name="Resident">In RAM, before any forced collection: garbage included.</param>
/// <param name="Heap">Managed heap right after a full collection, holes included.</param>
/// <param name="Kept">Objects still used after it.</param>
internal sealed record MemoryReading(long Resident, long Heap, long Kept)
{
    public static async Task<MemoryReading> OfAsync(PortalProcess portal, CancellationToken cancellationToken)
    {
        var resident = portal.ResidentKilobytes;
        var left = await HeapProbe.ReadAsync(portal.Id, cancellationToken);
        return new(resident, left.Heap, left.Kept);
    }

    /// <summary>What this reading has more than the one before it, for each circuit.</summary>
    public MemoryReading EachSince(MemoryReading before, int circuits) =>
        new((Resident - before.Resident) / circuits, (Heap - before.Heap) / circuits, (Kept - before.Kept) / circuits);
}
