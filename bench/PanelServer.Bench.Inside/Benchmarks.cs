using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.ResellerApi;
using PanelServer.ResellerApi.Dialects;

namespace PanelServer.Bench.Inside;

/// <summary>Text of a call into its parameters.</summary>
public class FormParser
{
    private const string Key = "key=pk_live_z7sekmjrq2w4x6n8b3v5c7l9d1f0g2h4j6k8s0a2";
    private static readonly byte[] StatusBody = Encoding.ASCII.GetBytes($"{Key}&action=status&order=4711");
    private static readonly byte[] AddBody = Encoding.ASCII.GetBytes(
        $"{Key}&action=add&service=1234&link=https%3A%2F%2Finstagram.com%2Fp%2FCa1b2c3d4e%2F&quantity=500");
    private static readonly byte[] BatchBody = Encoding.ASCII.GetBytes(
        $"{Key}&action=status&orders={string.Join(',', Enumerable.Range(100_000, 100))}");

    [GlobalSetup]
    public void Check() => Expected.Same(
        "https://instagram.com/p/Ca1b2c3d4e/", Read(AddBody).Text("link"),
        "4711", Read(StatusBody).Text("order"),
        "100099", Read(BatchBody).Text("orders")?.Split(',')[^1]);

    [Benchmark(Description = "form of status, one")]
    public object Status() => Read(StatusBody);

    [Benchmark(Description = "form of add")]
    public object Add() => Read(AddBody);

    [Benchmark(Description = "form of status, 100 ids")]
    public object Batch() => Read(BatchBody);

    private static ContractForm Read(byte[] body)
    {
        var form = new ContractForm();
        return FormReader.ReadUrlEncoded(form, body) ? form : throw new InvalidOperationException("the form was not read");
    }
}

/// <summary>A rate and a quantity into a charge.</summary>
public class Pricing
{
    private readonly Rate _rate = new(123_456_789);
    private readonly long _quantity = 1_234;

    [GlobalSetup]
    public void Check() => Expected.Same("1.52346", new Money(Charge()).ToString());

    [Benchmark(Description = "charge of a quantity")]
    public long Charge() => _rate.For(_quantity).Try(out Money charge, out _) ? charge.Units : 0;
}

/// <summary>Answers into bytes, in both dialects.</summary>
public class Wording
{
    private const int Ids = 100;
    private const string Currency = "USD";
    private readonly OrderState _one = new(Order(100_000), Currency);
    private readonly OrderStates _many = new(
        [.. Enumerable.Range(100_000, Ids).Select(id =>
            new BatchItem<OrderView>(new AskedId(id.ToString(CultureInfo.InvariantCulture), id, false), Order(id)))],
        Currency);
    private readonly BalanceState _balance = new(new Money(10_084_292), Currency);
    private readonly OrderAccepted _accepted = new(23_501);
    private Dialect _dialect = new V2Dialect();

    [Params("v2", "v1")]
    public string Dialect { get; set; } = "v2";

    [GlobalSetup]
    public void Choose()
    {
        _dialect = Dialect == "v2" ? new V2Dialect() : new V1Dialect();
        bool isV2 = Dialect == "v2";
        Expected.Same(
            isV2 ? """{"order":23501}""" : """{"status":"success","order":23501}""", Text(_accepted),
            isV2
                ? """{"balance":"100.84292","currency":"USD"}"""
                : """{"status":"success","balance":"100.8429","currency":"USD"}""",
            Text(_balance),
            isV2
                ? """{"charge":"0.27819","start_count":"3572","status":"Partial","remains":"157","currency":"USD"}"""
                : """{"order":"100000","status":"partial","charge":"0.2782","start_count":"3572","remains":"157"}""",
            Text(_one),
            Ids.ToString(CultureInfo.InvariantCulture),
            (Text(_many).Split("\"start_count\"").Length - 1).ToString(CultureInfo.InvariantCulture));
    }

    [Benchmark(Description = "wording of one order")]
    public int One() => ResponseText.Word(_one, _dialect).Length;

    [Benchmark(Description = "wording of 100 orders")]
    public int Many() => ResponseText.Word(_many, _dialect).Length;

    [Benchmark(Description = "wording of a balance")]
    public int Balance() => ResponseText.Word(_balance, _dialect).Length;

    [Benchmark(Description = "wording of an accepted order")]
    public int Accepted() => ResponseText.Word(_accepted, _dialect).Length;

    private string Text(ApiResponse answer) => Encoding.UTF8.GetString(ResponseText.Of(answer, _dialect));

    private static OrderView Order(int id) =>
        new(id, 1, OrderStatus.Partial, new Money(27_819), 3_572, 157, null, null, []);
}

/// <summary>What is quick and wrong is not measured.</summary>
internal static class Expected
{
    /// <summary>Compares pairs of what was expected and what came.</summary>
    public static void Same(params ReadOnlySpan<string?> pairs)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] != pairs[i + 1])
            {
                throw new InvalidOperationException($"expected {pairs[i]}, came {pairs[i + 1]}");
            }
        }
    }
}
