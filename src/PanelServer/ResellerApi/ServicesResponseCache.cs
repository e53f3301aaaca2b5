namespace PanelServer.ResellerApi;

/// <summary>
/// Renderings by their ETags. Each is made once, however many callers ask for it at the same moment; few are made at once,
/// so that a thousand price lists neither fill the memory nor take the processors from other calls; and when they are too
/// many, those go first that nobody has asked for the longest.
/// </summary>
/// <param name="mostBytes">Bytes of all that are kept.</param>
internal sealed class ServicesResponseCache(int mostBytes)
{
    /// <summary>Renderings made at the same time: half of the processors, the rest is for other calls.</summary>
    private static readonly int MaxAtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    // Who waits goes on elsewhere: sending takes no turn of the next to be made.
    private readonly TaskFactory _makers = new(
        CancellationToken.None,
        TaskCreationOptions.DenyChildAttach | TaskCreationOptions.RunContinuationsAsynchronously,
        TaskContinuationOptions.None,
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, MaxAtOnce).ConcurrentScheduler);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Kept>> _byTag = new(StringComparer.Ordinal);
    private readonly LinkedList<Kept> _latestFirst = new();
    private long _bytes;

    /// <summary>A catalogue in an encoding. A failure reaches its waiters and is not cached.</summary>
    public Task<RenderedCatalogue> GetAsync(PricedCatalogue catalogue, CatalogueEncoding encoding)
    {
        var tag = catalogue.ETag.In(encoding);
        lock (_gate)
        {
            if (_byTag.TryGetValue(tag, out var known))
            {
                _latestFirst.Remove(known);
                _latestFirst.AddFirst(known);
                return known.Value.Rendering;
            }

            var kept = new Kept(tag);
            _byTag.Add(tag, _latestFirst.AddFirst(kept));
            return kept.Rendering = _makers.StartNew(() => Make(kept, catalogue, encoding));
        }
    }

    private RenderedCatalogue Make(Kept kept, PricedCatalogue catalogue, CatalogueEncoding encoding)
    {
        try
        {
            var rendering = catalogue.Render(encoding);
            Keep(kept, rendering.Length);
            return rendering;
        }
        catch
        {
            lock (_gate)
            {
                Drop(_byTag[kept.Tag]);
            }

            throw;
        }
    }

    private void Keep(Kept kept, int bytes)
    {
        lock (_gate)
        {
            kept.Bytes = bytes;
            _bytes += bytes;
            for (var oldest = _latestFirst.Last; _bytes > mostBytes && oldest is not null;)
            {
                var next = oldest.Previous;
                if (oldest.Value.Bytes > 0)
                {
                    Drop(oldest);
                }

                oldest = next;
            }
        }
    }

    private void Drop(LinkedListNode<Kept> node)
    {
        _latestFirst.Remove(node);
        _byTag.Remove(node.Value.Tag);
        _bytes -= node.Value.Bytes;
    }

    private sealed class Kept(string tag)
    {
        public string Tag => tag;

        /// <summary>Made, or being made.</summary>
        public Task<RenderedCatalogue> Rendering { get; set; } = null!;

        /// <summary>0 while it is being made.</summary>
        public int Bytes { get; set; }
    }
}
