package io.tributary.settings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

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
    SettingReview.Variables variables = SettingReview.variables(context.getEnvironment());
    if (!variables.refused().isEmpty()) {
      throw new WrongVariableException(variables.refused().getFirst());
    }
    if (!variables.unknown().isEmpty()) {
      log.warn(
          "event=unknown-settings variables={} reason=\"no setting is named so\"",
          variables.unknown());
    }
  }
}
