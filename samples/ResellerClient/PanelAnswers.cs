namespace ResellerClient;

/// <summary>Something that can be ordered.</summary>
/// <param name="Service">Its number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Type">Which fields an order needs.</param>
/// <param name="Rate">The price of 1000, or of one package.</param>
/// <param name="Min">The smallest quantity.</param>
/// <param name="Max">The largest quantity.</param>
public sealed record PanelService(int Service, string Name, string Type, decimal Rate, long Min, long Max);

/// <summary>How an order stands.</summary>
/// <param name="Status">Pending, Processing, In progress; and in the end Completed, Partial or Canceled.</param>
/// <param name="Charge">What has been paid for it by now; money that came back is already off.</param>
/// <param name="StartCount">The public counter when delivery began.</param>
/// <param name="Remains">What is undelivered.</param>
public sealed record PanelOrder(string Status, decimal Charge, long StartCount, long Remains);

/// <summary>What is left to spend.</summary>
/// <param name="Balance">An amount of the panel's currency.</param>
public sealed record PanelBalance(decimal Balance);

/// <summary>The panel said no: sending the same again will not help by itself.</summary>
/// <param name="code">The stable code to decide by, such as <c>not_enough_funds</c>.</param>
/// <param name="text">For people.</param>
public sealed class PanelRefusalException(string code, string text) : Exception($"{text} ({code})")
{
    /// <summary>The stable code to decide by.</summary>
    public string Code => code;
}
