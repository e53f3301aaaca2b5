using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace PanelServer.Domain.Tests;

/// <summary>The domain is rules only: nothing to wait for, nothing to fetch, nothing that rounds by itself.</summary>
public sealed class PurityTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Domain = typeof(Money).Assembly;

    [Fact]
    public void The_project_refers_to_no_package_and_no_project()
    {
        var project = XDocument.Load(Repository.PathOf("src", "PanelServer.Domain", "PanelServer.Domain.csproj"));
        Assert.DoesNotContain(
            project.Descendants(),
            element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal));
    }

    [Fact]
    public void The_assembly_uses_nothing_but_the_runtime() => Assert.All(
        Domain.GetReferencedAssemblies(),
        name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));

    [Fact]
    public void Nothing_is_asynchronous() => Assert.Empty(
        from type in Domain.GetTypes()
        from method in type.GetMethods(Everything)
        where method.IsDefined(typeof(AsyncStateMachineAttribute))
            || method.ReturnType.Namespace == "System.Threading.Tasks"
            || method.ReturnType.Name.StartsWith("IAsync", StringComparison.Ordinal)
        select $"{type.Name}.{method.Name}");

    [Fact]
    public void No_field_or_property_holds_a_number_that_rounds_by_itself()
    {
        Type[] banned = [typeof(float), typeof(double), typeof(decimal), typeof(Half)];
        var members = from type in Domain.GetTypes()
                      from member in type.GetMembers(Everything)
                      let held = member is FieldInfo field ? field.FieldType : (member as PropertyInfo)?.PropertyType
                      where held is not null && Parts(held).Intersect(banned).Any()
                      select $"{type.Name}.{member.Name}";
        Assert.Empty(members);
    }

    [Fact]
    public void No_static_field_can_change() => Assert.Empty(
        from type in Domain.GetTypes()
        where !type.IsDefined(typeof(CompilerGeneratedAttribute))
        from field in type.GetFields(Everything)
        where field.IsStatic && !field.IsLiteral && !field.IsInitOnly
            && !field.IsDefined(typeof(CompilerGeneratedAttribute))
        select $"{type.Name}.{field.Name}");

    private static IEnumerable<Type> Parts(Type type) => type.IsArray
        ? Parts(type.GetElementType()!)
        : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
