package io.tributary.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Looks at the environment's variables before a service starts: Spring takes what it knows from
 * them and passes over the rest, so that a misspelt one would leave a default in force.
 *
 * <p>A name that is nearly a setting's is refused, and so is an empty value where the default is
 * not. Any other name that begins as the service's own settings do is told and passed over: one
 * file of variables may serve a whole fleet.
 */
final class SettingVariables
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final Logger log = LoggerFactory.getLogger(SettingVariables.class);

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    KnownSettings settings = KnownSettings.of(environment);
    List<String> unknown = new ArrayList<>();
    PropertySource<?> all =
        environment
            .getPropertySources()
            .get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    if (!(all instanceof EnumerablePropertySource<?> variables)) {
      return;
    }
    for (String variable : variables.getPropertyNames()) {
      Optional<String> setting = settings.named(variable);
      if (setting.isPresent()) {
        if (String.valueOf(variables.getProperty(variable)).isBlank()) {
          checkMayBeEmpty(variable, setting.get(), environment);
        }
      } else if (settings.meantBy(variable).isPresent()) {
        throw new WrongVariableException(
            "environment variable %s is no setting (expected: %s)"
                .formatted(
                    variable, KnownSettings.variable(settings.meantBy(variable).orElseThrow())));
      } else if (settings.isOneOfOurs(variable)) {
        unknown.add(variable);
      }
    }
    if (!unknown.isEmpty()) {
      log.warn("event=unknown-settings variables={} reason=\"no setting is named so\"", unknown);
    }
  }

  private static void checkMayBeEmpty(
      String variable, String setting, ConfigurableEnvironment environment) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      Object value = KnownSettings.isOwn(source) ? source.getProperty(setting) : null;
      if (value != null && !value.toString().isBlank()) {
        throw new WrongVariableException(
            "environment variable %s is empty (expected: a value; without the variable it is %s)"
                .formatted(variable, value));
      }
    }
  }
}
