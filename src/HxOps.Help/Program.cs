using HxOps.Help;

// Compiles docs/en-US into what Get-Help reads. Runs as the last step of building the module: see HxOps.csproj.
if (args is not [var module, var docs, var output])
{
    Console.Error.WriteLine("usage: HxOps.Help MODULE.dll DOCS-FOLDER OUTPUT-FOLDER");
    return 2;
}

var flaws = new HelpCompiler(CommandReader.Read(module), docs).Compile(output);
foreach (var flaw in flaws)
    Console.Error.WriteLine(flaw);
return flaws.Count == 0 ? 0 : 1;
