using HxOps.Errors;
using HxOps.Tools;
using Xunit;

namespace HxOps.Core.Tests.Tools;

public sealed class ContainerJsonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("[{\"Id\": \"a\", \"State\": {\"Status\": \"running\"")]
    [InlineData("[{\"Id\": \"a\"}]")]
    [InlineData("[{\"Id\": 1, \"State\": {\"Status\": \"running\", \"ExitCode\": 0}, \"Image\": \"i\", \"Config\": {}}]")]
    [InlineData("[{\"Id\": \"a\", \"State\": {\"Status\": \"running\", \"ExitCode\": 0.5}, \"Image\": \"i\", \"Config\": {}}]")]
    [InlineData("{}")]
    public void What_is_not_the_engines_JSON_is_a_failure_of_docker(string output) =>
        Assert.Equal(ToolErrors.Failed, Assert.Throws<HxException>(() => ContainerJson.Containers(output)).Id);

    [Theory]
    [InlineData("[\"a\"")]
    [InlineData("[1]")]
    public void A_list_that_is_none_is_a_failure_of_docker(string output) =>
        Assert.Equal(ToolErrors.Failed, Assert.Throws<HxException>(() => ContainerJson.Texts(output)).Id);
}
