using System.Globalization;
using PanelServer.Data;

namespace PanelServer.Tests.Reports;

/// <summary>Days begin at midnight where the panel is, also when clocks are set forward or back.</summary>
public sealed class DayCalendarTests
{
    [Theory]
    [InlineData("UTC", "2026-03-28T23:59:59.999Z", "2026-03-28")]
    [InlineData("UTC", "2026-03-29T00:00:00Z", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-03-28T22:59:59.999Z", "2026-03-28")]
    [InlineData("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-03-29T21:59:59.999Z", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30")]
    [InlineData("America/New_York", "2026-03-08T04:59:59.999Z", "2026-03-07")]
    [InlineData("America/New_York", "2026-03-09T03:59:59.999Z", "2026-03-08")]
    [InlineData("America/New_York", "2026-11-02T04:59:59.999Z", "2026-11-01")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T12:59:59.999Z", "2026-04-04")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T13:29:59.999Z", "2026-04-05")]
    [InlineData("Asia/Kathmandu", "2026-03-01T18:14:59.999Z", "2026-03-01")]
    [InlineData("Asia/Kathmandu", "2026-03-01T18:15:00Z", "2026-03-02")]
    [InlineData("Europe/Istanbul", "2026-12-31T21:00:00Z", "2027-01-01")]
    public void An_instant_is_on_the_day_of_its_place(string zone, string instant, string day)
    {
        var days = new DayCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var at = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

        Assert.Equal(day, DayCalendar.TextOf(days.DayOf(at)));

        // Asked of others in between, it says the same again.
        days.DayOf(at + (36 * 3_600_000));
        Assert.Equal(day, DayCalendar.TextOf(days.DayOf(at)));
    }
}
