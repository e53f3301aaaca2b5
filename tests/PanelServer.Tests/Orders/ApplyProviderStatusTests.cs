using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;
using PanelServer.Ledger;
using PanelServer.Orders;

namespace PanelServer.Tests.Orders;

/// <summary>
/// What a provider says is held within the order, counts once however often it is said, and moves no money when it
/// cannot be (docs/contract.md, "Lifecycle").
/// </summary>
public sealed class ApplyProviderStatusTests : IAsyncLifetime
{
    private const int Rich = 2;
    private const long Quantity = 1_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("provider-test-").FullName;
    private Panel _panel = null!;

    public async Task InitializeAsync() => _panel = await OpenSandbox.InAsync(_folder);

    public async Task DisposeAsync()
    {
        Assert.Empty(new Verify(_panel.Database).Run());
        await _panel.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(-1, "Completed", 0, "0.90000")]
    [InlineData(long.MinValue, "Completed", 0, "0.90000")]
    [InlineData(0, "Completed", 0, "0.90000")]
    [InlineData(1, "Partial", 1, "0.89910")]
    [InlineData(157, "Partial", 157, "0.75870")]
    [InlineData(999, "Partial", 999, "0.00090")]
    [InlineData(1_000, "Canceled", 1_000, "0.00000")]
    [InlineData(10_000, "Canceled", 1_000, "0.00000")]
    [InlineData(long.MaxValue, "Canceled", 1_000, "0.00000")]
    public async Task Partial_is_settled_by_remains_held_within_the_order(long remains, string status, long kept, string charge)
    {
        var order = await PlaceAsync();
        await SayAsync(order, OrderStatus.Partial, remains);

        Assert.Equal((status, kept, charge), Stands(order));
        Assert.Empty(await ReviewsAsync());
    }

    [Fact]
    public async Task The_same_word_again_says_nothing_new()
    {
        var order = await PlaceAsync();
        for (var again = 0; again < 3; again++)
        {
            await SayAsync(order, OrderStatus.InProgress, 600, startCount: 7);
        }

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SayAsync(order, OrderStatus.Partial, 157)));

        Assert.Equal(("Partial", 157, "0.75870"), Stands(order));
        await using var db = _panel.Database.OpenReadingDb();
        Assert.Equal(2, db.OrderMoves.Count(row => row.OrderId == order));
        Assert.Empty(await ReviewsAsync());
    }

    [Theory]
    [InlineData(OrderStatus.Completed, OrderStatus.Partial, 0)]
    [InlineData(OrderStatus.Canceled, OrderStatus.Partial, Quantity)]
    [InlineData(OrderStatus.Canceled, OrderStatus.Canceled, 3)]
    [InlineData(OrderStatus.Completed, OrderStatus.Completed, 3)]
    public async Task An_end_in_other_words_is_the_same_end(OrderStatus first, OrderStatus again, long remains)
    {
        var order = await PlaceAsync();
        await SayAsync(order, first, null);
        var before = Stands(order);
        await SayAsync(order, again, remains);

        Assert.Equal(before, Stands(order));
        Assert.Empty(await ReviewsAsync());
    }

    [Theory]
    [InlineData(OrderStatus.Completed, OrderStatus.InProgress, 40L)]
    [InlineData(OrderStatus.Completed, OrderStatus.Canceled, null)]
    [InlineData(OrderStatus.Completed, OrderStatus.Partial, 500L)]
    [InlineData(OrderStatus.Partial, OrderStatus.Partial, 500L)]
    [InlineData(OrderStatus.Partial, OrderStatus.Completed, 0L)]
    [InlineData(OrderStatus.Partial, OrderStatus.Canceled, null)]
    [InlineData(OrderStatus.Canceled, OrderStatus.Completed, 0L)]
    [InlineData(OrderStatus.Canceled, OrderStatus.Pending, null)]
    [InlineData(OrderStatus.InProgress, OrderStatus.Processing, null)]
    [InlineData(OrderStatus.InProgress, OrderStatus.Pending, 1_000L)]
    [InlineData(OrderStatus.Processing, OrderStatus.Active, null)]
    public async Task A_word_that_cannot_be_opens_one_review_and_moves_no_money(OrderStatus stands, OrderStatus says, long? remains)
    {
        var order = await PlaceAsync();
        await SayAsync(order, stands, stands == OrderStatus.Partial ? 157 : null);
        var (before, balance) = (Stands(order), _panel.ReadBalance.Of(Rich));
        await SayAsync(order, says, remains);
        await SayAsync(order, says, remains);

        Assert.Equal(before, Stands(order));
        Assert.Equal(balance, _panel.ReadBalance.Of(Rich));
        var review = Assert.Single(await ReviewsAsync());
        Assert.StartsWith($"the provider says {StatusNames.Of(says)}", review.Said, StringComparison.Ordinal);
        Assert.Contains($"the order is {StatusNames.Of(stands)}", review.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_review_is_opened_anew_by_a_new_word()
    {
        var order = await PlaceAsync();
        await SayAsync(order, OrderStatus.Completed, null);
        await SayAsync(order, OrderStatus.InProgress, null);
        Assert.Null((await _panel.Reviews.CloseAsync(Actors.Operator, order, "asked them: it is completed")).Refusal);
        Assert.Equal("no_review", (await _panel.Reviews.CloseAsync(Actors.Operator, order, "again")).Refusal?.Code);
        await SayAsync(order, OrderStatus.Pending, null);

        Assert.Equal(2, (await ReviewsAsync()).Count);
    }

    private Task<OrderStatus> SayAsync(int order, OrderStatus status, long? remains, long? startCount = null) =>
        _panel.HearProvider.RunAsync(Actors.Provider, order, new(status, remains, startCount));

    private (string Status, long Remains, string Charge) Stands(int id)
    {
        var order = _panel.ReadOrders.One(Rich, id)!;
        return (StatusNames.Of(order.Status), order.Remains, order.Kept.ToString());
    }

    private async Task<List<ReviewRow>> ReviewsAsync()
    {
        await using var db = _panel.Database.OpenReadingDb();
        return [.. db.Reviews];
    }

    private async Task<int> PlaceAsync()
    {
        var service = _panel.Services.Get().Sold(1)!;
        var placed = await _panel.PlaceOrder.RunAsync(
            Actors.Reseller,
            new OrderToPlace(Rich, service, service.Rate, new OrderDetails { Link = "https://example.com/p", Quantity = Quantity }),
            retry: null,
            _ => null);
        return placed.Outcome.Value;
    }
}
