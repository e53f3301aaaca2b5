using System.Globalization;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Tests.Catalogue;

public sealed class ServiceTypeTests
{
    [Fact]
    public void The_table_of_kinds_is_as_approved() => Golden.Approves(
        "service-types",
        ServiceType.All.SelectMany(type => new[]
        {
            $"{type.Id} {type.Name} ({type.WellKnown?.ToString(CultureInfo.InvariantCulture) ?? "-"}; {type.Code})",
            $"  required: {Names(type.Required)}",
            $"  optional: {Names(type.Optional)}",
            $"  quantity: {type.QuantityFrom}{(type.Flat ? ", flat rate" : "")}",
        }));

    [Fact]
    public void There_are_seventeen_kinds_with_names_codes_and_numbers_of_their_own()
    {
        Assert.Equal(17, ServiceType.All.Count);
        Assert.Equal(17, ServiceType.All.Select(type => type.Id).Distinct().Count());
        Assert.Equal(17, ServiceType.All.Select(type => type.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(17, ServiceType.All.Select(type => type.Code).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var known = ServiceType.All.Select(type => type.WellKnown).OfType<int>().ToArray();
        Assert.Equal(14, known.Distinct().Count());
        Assert.Equal(14, known.Length);
    }

    [Fact]
    public void A_kind_is_found_by_its_number_its_name_and_its_code_in_any_case() => Assert.All(
        ServiceType.All,
        type =>
        {
            Assert.Same(type, ServiceType.Of(type.Id));
            Assert.Same(type, ServiceType.Find(type.Name));
            Assert.Same(type, ServiceType.Find(type.Code));
            Assert.Same(type, ServiceType.Find($" {type.Name.ToUpperInvariant()} "));
            Assert.Same(type, ServiceType.Find(type.Code.ToUpperInvariant()));
        });

    [Theory]
    [InlineData("")]
    [InlineData("Drip-feed")]
    [InlineData("customcomments")]
    [InlineData("0")]
    public void Other_names_are_no_kind(string name) => Assert.Null(ServiceType.Find(name));

    [Fact]
    public void A_number_that_was_never_given_out_is_a_mistake_of_the_caller() =>
        Assert.Throws<KeyNotFoundException>(() => ServiceType.Of(18));

    [Fact]
    public void Only_two_kinds_can_be_split_into_runs() => Assert.Equal(
        ["Default", "Web Traffic"],
        ServiceType.All.Where(type => type.MayDrip).Select(type => type.Name));

    [Fact]
    public void Package_kinds_cost_their_rate_and_others_cost_it_per_thousand() => Assert.All(
        ServiceType.All,
        type =>
        {
            var charge = OrderForm.ServiceOf(type).ChargeFor(new Rate(90_000_000), 500).Value.ToString();
            var expected = type == ServiceType.Subscriptions ? "0.00000"
                : type == ServiceType.Package || type == ServiceType.CustomCommentsPackage ? "0.90000"
                : "0.45000";
            Assert.Equal(expected, charge);
        });

    private static string Names(IReadOnlyList<OrderField> fields) =>
        fields.Count == 0 ? "-" : string.Join(", ", fields.Select(field => $"{field.Name}:{field.Kind}"));
}
