namespace HxOps.Deployments.Validation;

/// <summary>One thing that can be wrong with the gateway's configuration.</summary>
internal interface IConfigurationRule
{
    /// <summary>Every place where it is wrong.</summary>
    IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration);
}
