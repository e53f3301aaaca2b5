namespace PanelServer.Tests.Processes;

/// <summary>What the story knows by now: who speaks, what was ordered first, and the money there must be.</summary>
internal sealed class Story(PanelFolder folder, PanelProcess server, string key) : IDisposable
{
    /// <summary>What the reseller paid in at the beginning.</summary>
    public const long Deposit = 100_00000;

    public PanelFolder Folder => folder;

    public string Key => key;

    public PanelCaller Caller { get; } = server.Caller(key);

    public PanelCaller CallerV1 { get; } = server.Caller(key, "/api/v1");

    public Dictionary<int, long> FirstOrders { get; } = [];

    public long Balance { get; private set; } = Deposit;

    public void Paid(long units) => Balance -= units;

    public void PaidBack(long units) => Balance += units;

    public async Task BalanceIsExact() => Assert.Equal(Balance, await Caller.BalanceAsync());

    public Task OperatorAsync(string noun, string verb, params long[] ids) =>
        folder.DoAsync([noun, verb, .. ids.Select(Units.Text)]);

    public void Dispose()
    {
        Caller.Dispose();
        CallerV1.Dispose();
    }
}
