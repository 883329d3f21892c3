package io.tributary.oca;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes {@code MANAGEMENT_SERVER_ADDRESS} and {@code MANAGEMENT_SERVER_PORT}, by which every
 * process of a fleet is told where its management listener is, for the one web server that Spring
 * runs in a node.
 */
final class ManagementVariables
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final String NAME = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
  private static final String MANAGEMENT = "MANAGEMENT_";
  private static final List<String> TAKEN = List.of("SERVER_ADDRESS", "SERVER_PORT");

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    MutablePropertySources sources = context.getEnvironment().getPropertySources();
    if (sources.get(NAME) instanceof SystemEnvironmentPropertySource all) {
      sources.replace(NAME, new Variables(all.getSource()));
    }
  }

  /** The variables as if there were one server. */
  static Map<String, Object> managementOnly(Map<String, Object> variables) {
    Map<String, Object> kept = new HashMap<>(variables);
    for (String taken : TAKEN) {
      @Nullable Object value = kept.remove(MANAGEMENT + taken);
      if (value != null) {
        kept.put(taken, value);
      }
    }
    return kept;
  }

  /** Says of which variable a value is, as Boot's own source does. */
  private static final class Variables extends SystemEnvironmentPropertySource
      implements OriginLookup<String> {
    private final Map<String, Object> given;

    Variables(Map<String, Object> given) {
      super(NAME, managementOnly(given));
      this.given = given;
    }

    @Override
    public @Nullable Origin getOrigin(String variable) {
      String meant = MANAGEMENT + variable;
      return source.containsKey(variable)
          ? new SystemEnvironmentOrigin(
              TAKEN.contains(variable) && given.containsKey(meant) ? meant : variable)
          : null;
    }
  }
}
