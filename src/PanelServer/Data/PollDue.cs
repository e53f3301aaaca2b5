namespace PanelServer.Data;

/// <summary>Something that a provider has and is to be asked about.</summary>
/// <param name="Due">When.</param>
/// <param name="Sending">The sending by which it has it.</param>
/// <param name="UpstreamId">By what it knows it.</param>
/// <param name="Quantity">How much was asked for.</param>
/// <param name="UpstreamService">Of which of its services; null where that is not written down.</param>
/// <param name="SentAt">When it was sent, unix milliseconds.</param>
internal sealed record PollDue(ScheduledWork Due, int Sending, string UpstreamId, long Quantity, string? UpstreamService, long SentAt);
