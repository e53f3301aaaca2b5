using PanelServer.Domain.Providers;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Tests.Providers.PanelApi;

/// <summary>What the words of known panels are about.</summary>
public sealed class ObjectionTests
{
    [Theory]
    [InlineData("Not enough funds on balance", Objection.Funds)]
    [InlineData("neworder.error.not_enough_funds", Objection.Funds)]
    [InlineData("neworder.error.insufficient_balance", Objection.Funds)]
    [InlineData("Your balance is insufficient.", Objection.Funds)]
    [InlineData("NOT ENOUGH BALANCE", Objection.Funds)]
    [InlineData("low balance", Objection.Funds)]
    [InlineData("No funds", Objection.Funds)]
    [InlineData("Invalid API key", Objection.Key)]
    [InlineData("invalid_api_key", Objection.Key)]
    [InlineData("API key invalid", Objection.Key)]
    [InlineData("Incorrect request or API key", Objection.Key)]
    [InlineData("Invalid key", Objection.Key)]
    [InlineData("Missing key", Objection.Key)]
    [InlineData("Account suspended", Objection.Key)]
    [InlineData("Your account is not active", Objection.Key)]
    [InlineData("Your account is inactive", Objection.Key)]
    [InlineData("API is Disable for this user or User Not Found!", Objection.Key)]
    [InlineData("bad_auth", Objection.Key)]
    [InlineData("Unauthorized", Objection.Key)]
    [InlineData("Rate limit exceeded", Objection.Rate)]
    [InlineData("Too many requests.", Objection.Rate)]
    [InlineData("Too many failed attempts", Objection.Rate)]
    [InlineData("Please try again later", Objection.Rate)]
    [InlineData("Service unavailable", Objection.Rate)]
    [InlineData("Incorrect service ID", Objection.Service)]
    [InlineData("error.incorrect_service_id", Objection.Service)]
    [InlineData("neworder.error.incorrect_service_id", Objection.Service)]
    [InlineData("neworder.error.service_inactive", Objection.Service)]
    [InlineData("Service not found or inactive", Objection.Service)]
    [InlineData("Service ID does not exists", Objection.Service)]
    [InlineData("Invalid service ID", Objection.Service)]
    [InlineData("Service is disabled, try again later", Objection.Service)]
    [InlineData("Incorrect link", Objection.Request)]
    [InlineData("neworder.error.link", Objection.Request)]
    [InlineData("Quantity less than minimal 50", Objection.Request)]
    [InlineData("You have active order with this link. Please wait until order being completed.", Objection.Request)]
    [InlineData("Incorrect request", Objection.Request)]
    [InlineData("Incorrect order ID", Objection.Request)]
    [InlineData("", Objection.Request)]
    public void Words_are_told_apart_by_a_table(string words, Objection about)
    {
        Assert.Equal(about, Objections.Of(words, 200));
        Assert.Equal(Objection.Rate, Objections.Of(words, 429));
    }
}
