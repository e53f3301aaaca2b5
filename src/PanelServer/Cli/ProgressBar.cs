namespace PanelServer.Cli;

/// <summary>A bar on the error stream while something long runs, only where a person watches; gone when it is done.</summary>
internal sealed class ProgressBar : IProgress<double>, IDisposable
{
    private const int Width = 40;
    private const int Whole = 100;

    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private int _shown = -1;

    public void Report(double value)
    {
        var percent = (int)(value * Whole);
        if (!_isWatched || percent == _shown)
        {
            return;
        }

        if (percent >= Whole)
        {
            Dispose();
            return;
        }

        _shown = percent;
        var filled = percent * Width / Whole;
        Console.Error.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %");
    }

    public void Dispose()
    {
        if (_shown >= 0)
        {
            Console.Error.Write($"\r{new string(' ', Width + 10)}\r");
            _shown = -1;
        }
    }
}
