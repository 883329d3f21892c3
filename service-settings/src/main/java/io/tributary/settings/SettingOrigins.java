package io.tributary.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What settings were given, and where. */
final class SettingOrigins {
  /** Enough to recognise it. */
  private static final int SHOWN = 200;

  private final ConfigurableEnvironment environment;

  SettingOrigins(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  /** The value as it was written; empty if there is none. */
  Optional<String> value(String name) {
    return property(name)
        .map(property ->
            environment.resolvePlaceholders(String.valueOf(property.getValue())).strip())
        .filter(value -> !value.isEmpty());
  }

  boolean isSet(String name) {
    return value(name).isPresent();
  }

  /**
   * The line for the operator.
   *
   * @param name the setting's
   * @param said what the code that refused it found: {@code is PT0S}
   */
  String line(String name, String said, String expected) {
    Optional<String> written = value(name);
    String found =
        written.isEmpty()
            ? "is not set"
            : said.equals("cannot be read") || said.matches("is (\\S*|\\[.*])")
                ? "is " + written.get()
                : said;
    return "%s %s (expected: %s); %s".formatted(name, shown(found), expected, origin(name));
  }

  private String origin(String name) {
    String variable = "its environment variable is " + KnownSettings.variable(name);
    @Nullable ConfigurationProperty property = property(name).orElse(null);
    if (property == null || !isSet(name)) {
      return variable;
    }
    return switch (property.getOrigin()) {
      case PropertySourceOrigin of
          when of.getOrigin() instanceof SystemEnvironmentOrigin variableOf ->
          "from environment variable " + variableOf.getProperty();
      case PropertySourceOrigin of
          when of.getPropertySource() instanceof SystemEnvironmentPropertySource ->
          "from environment variable " + of.getPropertyName();
      case PropertySourceOrigin of
          when of.getPropertySource() instanceof CommandLinePropertySource<?> ->
          "from argument --" + of.getPropertyName();
      case null, default ->
          property.getSource() != null
                  && property.getSource().getUnderlyingSource() instanceof PropertySource<?> source
                  && KnownSettings.isOwn(source)
              ? "the default; " + variable
              : "from " + property.getOrigin();
    };
  }

  /** The setting itself, or a list's first element. */
  private Optional<ConfigurationProperty> property(String name) {
    if (!ConfigurationPropertyName.isValid(name)) {
      return Optional.empty();
    }
    ConfigurationPropertyName whole = ConfigurationPropertyName.of(name);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      for (ConfigurationPropertyName each :
          new ConfigurationPropertyName[] {whole, whole.append("[0]")}) {
        @Nullable ConfigurationProperty found = source.getConfigurationProperty(each);
        if (found != null) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  /** On one line of bounded length, and without what someone may have put into a URL. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").replaceAll("://[^/@\\s]+@", "://…@");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
