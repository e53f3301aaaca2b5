namespace PanelServer.ResellerApi;

/// <summary>The settings of section <c>Limits</c>.</summary>
internal sealed class LimitOptions
{
    /// <summary>Calls a second for each reseller; 0 = no limit.</summary>
    public int CallsPerSecond { get; set; } = 1_000;

    /// <summary>Calls at the same time for each reseller; 0 = no limit.</summary>
    public int ConcurrentCalls { get; set; } = 500;

    /// <summary>Calls a minute with a wrong key from one address; 0 = no limit.</summary>
    public int FailedKeysPerMinute { get; set; } = 120;

    /// <summary>A sandbox answers every caller as fast as it can.</summary>
    public void Lift() => CallsPerSecond = ConcurrentCalls = FailedKeysPerMinute = 0;
}
