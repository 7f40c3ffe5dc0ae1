using Microsoft.Extensions.Options;

namespace ProPartHub.Web.Hosting;

internal static class OptionsHosting
{
    public static void AddHubOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsValidator>();
        builder.Services.AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateOnStart();
    }

    /// <summary>
    /// Runs every validation registered with <c>ValidateOnStart</c> and says on standard error, a line for each fault,
    /// what is missing, as well as folders that cannot be written: an operator needs the list of settings, not a stack trace.
    /// </summary>
    /// <returns>Whether the process may start.</returns>
    public static bool HasCompleteSettings(this WebApplication app)
    {
        // Options that are worked out from others are refused for the fault of those once more.
        List<string> faults = [.. Faults(app.Services.GetRequiredService<IStartupValidator>()).Distinct()];
        // A folder is looked at once the settings that name it are known to be right.
        faults = faults.Count == 0 ? [.. WritableFolders.Faults(app.Services)] : faults;
        if (faults.Count == 0)
        {
            return true;
        }

        Console.Error.WriteLine($"ProPart Hub cannot start in {app.Environment.EnvironmentName}; settings to mend:");
        foreach (var fault in faults)
        {
            Console.Error.WriteLine($"  {fault}");
        }

        return false;
    }

    private static List<string> Faults(IStartupValidator validator)
    {
        try
        {
            validator.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception)
            when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return
            [
                .. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures),
            ];
        }
    }
}
