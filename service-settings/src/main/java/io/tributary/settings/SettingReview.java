package io.tributary.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What a start would refuse, in its words, but all of it: a start stops at the first. For a look at
 * a machine before one.
 */
public final class SettingReview {
  private SettingReview() {}

  /**
   * Environment variables that are no settings.
   *
   * @param refused each with what was expected
   * @param unknown names that begin as the service's own settings do, and are passed over
   */
  public record Variables(List<String> refused, List<String> unknown) {
    public Variables {
      refused = List.copyOf(refused);
      unknown = List.copyOf(unknown);
    }
  }

  /** Looks at every variable. */
  public static Variables variables(ConfigurableEnvironment environment) {
    KnownSettings settings = KnownSettings.of(environment);
    List<String> refused = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    PropertySource<?> all =
        environment
            .getPropertySources()
            .get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    if (all instanceof EnumerablePropertySource<?> variables) {
      for (String variable : variables.getPropertyNames()) {
        Optional<String> setting = settings.named(variable);
        if (setting.isPresent()) {
          if (String.valueOf(variables.getProperty(variable)).isBlank()) {
            mayNotBeEmpty(variable, setting.get(), environment).ifPresent(refused::add);
          }
        } else if (settings.meantBy(variable).isPresent()) {
          refused.add(
              "environment variable %s is no setting (expected: %s)"
                  .formatted(
                      variable, KnownSettings.variable(settings.meantBy(variable).orElseThrow())));
        } else if (settings.isOneOfOurs(variable)) {
          unknown.add(variable);
        }
      }
    }
    return new Variables(refused, unknown);
  }

  private static Optional<String> mayNotBeEmpty(
      String variable, String setting, ConfigurableEnvironment environment) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      Object value = KnownSettings.isOwn(source) ? source.getProperty(setting) : null;
      if (value != null && !value.toString().isBlank()) {
        return Optional.of(
            "environment variable %s is empty (expected: a value; without the variable it is %s)"
                .formatted(variable, value));
      }
    }
    return Optional.empty();
  }

  /** The line with which a start tells what stopped it; its own words if it is no setting. */
  public static String line(ConfigurableEnvironment environment, Throwable failure) {
    FailureAnalysis analysis = new SettingRefusal(environment).analyze(failure);
    return analysis == null ? failure.toString() : analysis.getDescription();
  }
}
