using System.Text;

namespace HxOps.Cli;

/// <summary>The three standard streams: UTF-8 without a byte order mark, and no control characters but line ends.</summary>
internal sealed class Terminal
{
    private const int DefaultWidth = 80;
    private const int LeastWidth = 40;
    private readonly StandardWriter _output = StandardWriter.Output();
    private readonly StandardWriter _error = StandardWriter.Error();
    private readonly Lock _gate = new();
    private readonly bool _speaksUnicode = Console.OutputEncoding.WebName == "utf-8";
    private Task<string?>? _answer;

    /// <summary>Standard output, for what writes help and versions.</summary>
    public TextWriter Output => _output.Text;

    /// <summary>Why output got lost, or null.</summary>
    public Exception? OutputLoss => _output.Failure;

    /// <summary>Whether somebody can be asked.</summary>
    public bool CanAsk { get; } = !Console.IsInputRedirected;

    /// <summary>Whether somebody watches standard error.</summary>
    public bool IsWatched { get; } = !Console.IsErrorRedirected;

    /// <summary>Columns that output may use.</summary>
    public int Width { get; } = Console.IsOutputRedirected ? DefaultWidth : Math.Max(LeastWidth, Console.WindowWidth);

    /// <summary>Writes one line of output.</summary>
    public void WriteLine(string line = "")
    {
        lock (_gate)
        {
            _output.Text.Write(PlainText.Clean(line, _speaksUnicode) + "\n");
        }
    }

    /// <summary>Writes a whole document as it is.</summary>
    public void WriteDocument(string text)
    {
        lock (_gate)
        {
            _output.Text.Write(text + "\n");
        }
    }

    /// <summary>Writes one line to standard error.</summary>
    public void WriteErrorLine(string line)
    {
        lock (_gate)
        {
            _error.Text.Write(PlainText.Clean(line, _speaksUnicode) + "\n");
        }
    }

    /// <summary>Writes over the present line of standard error, padded so that nothing of a longer one is left.</summary>
    public void WriteOver(string line, int padding)
    {
        lock (_gate)
        {
            _error.Text.Write("\r" + PlainText.Clean(line, _speaksUnicode).PadRight(padding) + (line.Length == 0 ? "\r" : ""));
        }
    }

    /// <summary>Asks a question on standard error and takes one line as the answer; null at the end of input, and when the question could not be written.</summary>
    /// <exception cref="OperationCanceledException">The answer is not waited for any longer.</exception>
    public async Task<string?> AskAsync(string question, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _error.Text.Write(PlainText.Clean(question, _speaksUnicode));
        }

        if (_error.Failure is not null)
            return null; // Nobody has read the question.

        // Reading from a terminal cannot be called off: a question that nobody answered leaves its reader to the next one. What was
        // typed between the two answers neither.
        if (_answer is null or { IsCompleted: true })
            _answer = Task.Factory.StartNew(ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        try
        {
            return await _answer.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            WriteErrorLine("");
            throw;
        }
    }

    private static string? ReadLine()
    {
        // Console.In would switch the terminal into another mode with escape sequences.
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        return input.ReadLine();
    }
}
