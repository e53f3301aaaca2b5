using System.Globalization;

namespace PanelServer.Data;

/// <summary>
/// Which day of a time zone an instant is on. Days are counted from 1970-01-01. It remembers the last answer, so one is
/// used by one thread at a time.
/// </summary>
/// <param name="zone">The time zone.</param>
internal sealed class DayCalendar(TimeZoneInfo zone)
{
    // No clock of our time is set forward or back within a quarter of an hour of UTC, and no day begins within one.
    private const long QuarterHour = 15 * 60 * 1_000;

    private static readonly int UnixDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private long _quarter = long.MinValue;
    private int _day;

    /// <summary>The zone's IANA name.</summary>
    public string Zone => zone.Id;

    /// <summary>The day of an instant, unix milliseconds, of 1970 or later.</summary>
    public int DayOf(long instant)
    {
        var quarter = instant / QuarterHour;
        if (quarter != _quarter)
        {
            var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(instant), zone);
            _day = DayOf(DateOnly.FromDateTime(local.DateTime));
            _quarter = quarter;
        }

        return _day;
    }

    /// <summary>The number of a date.</summary>
    public static int DayOf(DateOnly date) => date.DayNumber - UnixDay;

    /// <summary>The date of a number.</summary>
    public static DateOnly DateOf(int day) => DateOnly.FromDayNumber(day + UnixDay);

    /// <summary>A day as it is written: 2026-01-31.</summary>
    public static string TextOf(int day) => DateOf(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
