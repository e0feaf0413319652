using System.Management.Automation;
using HxOps.Restoring;

namespace HxOps.Views;

/// <summary>Puts a restore into the words of a column. For HxOps.Format.ps1xml; scripts use the properties themselves.</summary>
public static class RestoreText
{
    /// <summary>Where a restore stands, whether it is at hand or came from another host.</summary>
    public static string State(PSObject restore) => RestoreWords.State(Text(restore, nameof(RestoreInfo.State)), Text(restore, nameof(RestoreInfo.Confirmation)));

    private static string Text(PSObject restore, string property) => LanguagePrimitives.ConvertTo<string>(restore.Properties[property]?.Value);
}
