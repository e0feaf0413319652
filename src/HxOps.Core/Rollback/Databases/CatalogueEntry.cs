namespace HxOps.Rollback.Databases;

/// <summary>Something in a database that somebody has made.</summary>
/// <param name="Kind">What it is: table, index, constraint, trigger, function ...</param>
/// <param name="Schema">The schema it is in.</param>
/// <param name="Name">Its name; a function's with the types of its arguments.</param>
/// <param name="PartOf">The table that it goes with, as <c>schema.name</c>; empty for none.</param>
internal sealed record CatalogueEntry(string Kind, string Schema, string Name, string PartOf)
{
    /// <summary>The entry in words: <c>trigger set_updated_at on table public.users</c>.</summary>
    public string Describe() => PartOf.Length == 0 ? $"{Kind} {Schema}.{Name}" : $"{Kind} {Name} of {PartOf}";
}
