using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Tests.Catalogue;

public sealed class CountriesTests
{
    [Theory]
    [InlineData("US")]
    [InlineData("us")]
    [InlineData("GB")]
    [InlineData("TR")]
    [InlineData("XK", false)]
    [InlineData("UK")]
    [InlineData("United States")]
    [InlineData("united states")]
    [InlineData("USA")]
    [InlineData("Germany")]
    [InlineData("GERMANY")]
    [InlineData("Turkey")]
    [InlineData("Türkiye")]
    [InlineData("Turkiye")]
    [InlineData("Côte d’Ivoire")]
    [InlineData("Côte d'Ivoire")]
    [InlineData("Cote d'Ivoire")]
    [InlineData("Ivory Coast")]
    [InlineData("Curacao")]
    [InlineData("Reunion")]
    [InlineData("The Netherlands")]
    [InlineData("Tanzania, United Republic of")]
    [InlineData("Bosnia & Herzegovina")]
    [InlineData("Bosnia and Herzegovina")]
    [InlineData("St. Lucia")]
    [InlineData("Saint Lucia")]
    [InlineData("Czech Republic")]
    [InlineData("ÅLAND ISLANDS")]
    [InlineData("", false)]
    [InlineData("XX", false)]
    [InlineData("ZZ", false)]
    [InlineData("Atlantis", false)]
    [InlineData("United", false)]
    [InlineData("US=United States", false)]
    [InlineData("US;", false)]
    [InlineData("USA United States", false)]
    [InlineData("840", false)]
    public void A_country_is_a_code_or_a_name_in_any_case(string text, bool known = true) =>
        Assert.Equal(known, Countries.Contains(text));

    [Fact]
    public void There_are_two_hundred_and_forty_nine_codes_and_the_one_people_write_for_Britain()
    {
        var letters = Enumerable.Range('A', 26).Select(letter => (char)letter).ToArray();
        var codes = letters.SelectMany(first => letters.Select(second => $"{first}{second}"));
        Assert.Equal(250, codes.Count(Countries.Contains));
    }
}
