using PanelServer.Data.Entities;

namespace PanelServer.Data;

/// <summary>Scheduled work: a row of <c>due</c>.</summary>
/// <param name="Kind">What will happen.</param>
/// <param name="Subject">The refill or the post that the kind is about, the order of every other kind.</param>
/// <param name="Order">The order it is about.</param>
/// <param name="At">When, unix milliseconds.</param>
/// <param name="Attempts">How often in a row it has failed.</param>
internal readonly record struct ScheduledWork(WorkKind Kind, int Subject, int Order, long At, int Attempts);
