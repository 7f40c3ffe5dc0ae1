using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProPartHub.Tests.Reference;

/// <summary>
/// What compiled code asks of the configuration: which classes are bound, which settings are read by their name, which
/// environment variables. Seen in the instructions, where constants and interpolations are one text already.
/// </summary>
internal sealed class CodeReadings
{
    // Methods whose type argument is the class that is bound, where they take a configuration.
    private static readonly string[] Binders = ["Bind", "Configure", "Get"];

    // Between the name and the call stand the value that counts without the setting, and what holds it.
    private const int LongestWayBack = 4;

    private readonly IReadOnlyList<Assembly> _assemblies;
    private readonly SortedSet<string> _settings = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _classes = [];

    /// <param name="assemblies">The code looked through, which holds all classes that it binds.</param>
    public CodeReadings(IReadOnlyList<Assembly> assemblies)
    {
        _assemblies = assemblies;
        foreach (var assembly in assemblies)
        {
            using var code = AssemblyDefinition.ReadAssembly(assembly.Location);
            var methods = code.Modules.SelectMany(module => module.GetTypes()).SelectMany(type => type.Methods);
            foreach (var method in methods.Where(method => method.HasBody))
            {
                foreach (var instruction in method.Body.Instructions)
                {
                    if (instruction is { OpCode.FlowControl: FlowControl.Call, Operand: MethodReference called })
                    {
                        Look(called, instruction);
                    }
                }
            }
        }
    }

    /// <summary>Classes that a section is bound to.</summary>
    public IReadOnlyCollection<Type> Classes => _classes;

    /// <summary>
    /// Settings read by name, whole (<c>Hub:LogFolder</c>) or within a section (<c>LogFolder</c>). Options of commands, which
    /// are written small, are none.
    /// </summary>
    public IReadOnlyCollection<string> Settings => _settings;

    /// <summary>Environment variables read past the configuration.</summary>
    public IReadOnlyCollection<string> Variables => _variables;

    private void Look(MethodReference called, Instruction instruction)
    {
        if (called is GenericInstanceMethod { GenericArguments: [var bound, ..] } && IsBinder(called))
        {
            _classes.Add(TypeOf(bound));
        }
        else if (called.DeclaringType.FullName == typeof(Environment).FullName)
        {
            if (called.Name == nameof(Environment.GetEnvironmentVariable))
            {
                _variables.Add(NameBefore(instruction));
            }
        }
        else if (called.DeclaringType.Namespace == typeof(IConfiguration).Namespace)
        {
            if (called.Name is "get_Item" or nameof(ConfigurationBinder.GetValue))
            {
                AddSetting(NameBefore(instruction));
            }
            else if (called.Name == nameof(ConfigurationExtensions.GetConnectionString))
            {
                AddSetting($"ConnectionStrings:{NameBefore(instruction)}");
            }
        }
    }

    private void AddSetting(string name)
    {
        if (!char.IsLower(name[0]))
        {
            _settings.Add(name);
        }
    }

    private static bool IsBinder(MethodReference called) =>
        called.Name == nameof(OptionsBuilderConfigurationExtensions.BindConfiguration)
        || (
            Binders.Contains(called.Name)
            && called.Parameters.Any(parameter => parameter.ParameterType.FullName == typeof(IConfiguration).FullName)
        );

    private Type TypeOf(TypeReference bound) =>
        _assemblies.Select(assembly => assembly.GetType(bound.FullName.Replace('/', '+'))).OfType<Type>().First();

    private static string NameBefore(Instruction call)
    {
        var instruction = call.Previous;
        for (
            var steps = 0;
            instruction is not null && steps < LongestWayBack;
            steps++, instruction = instruction.Previous
        )
        {
            if (instruction.OpCode.Code == Code.Ldstr)
            {
                return (string)instruction.Operand;
            }
        }

        throw new InvalidOperationException($"A setting is read whose name is worked out: {call}");
    }
}
