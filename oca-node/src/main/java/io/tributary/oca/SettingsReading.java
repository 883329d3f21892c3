package io.tributary.oca;

import io.tributary.oca.check.SettingsFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Reads the node's settings as its start does, by the same binding into the same records, but goes
 * on after a wrong one with its default: so all of them are told at once.
 */
final class SettingsReading {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("oca");

  private final ConfigurableEnvironment environment;
  private final List<ConfigurationPropertySource> given;
  private final List<ConfigurationPropertySource> defaults;
  private final Map<ConfigurationPropertyName, Class<?>> types = new LinkedHashMap<>();

  SettingsReading(ConfigurableEnvironment environment) {
    this.environment = environment;
    this.given = new ArrayList<>();
    ConfigurationPropertySources.get(environment).forEach(given::add);
    this.defaults = defaults();
    collect(ROOT, OcaNodeProperties.class);
  }

  /**
   * What was read.
   *
   * @param properties as the node has them, wrong ones replaced
   * @param facts what was wrong
   */
  record Result(OcaNodeProperties properties, SettingsFacts facts) {}

  Result read() {
    Map<ConfigurationPropertyName, String> refused = new LinkedHashMap<>();
    for (ConfigurationPropertyName name : types.keySet()) {
      try {
        bind(only(name));
      } catch (BindException e) {
        refused.put(name, refusal(name, e));
      }
    }
    OcaNodeProperties properties = bind(without(refused.keySet()));
    return new Result(
        properties,
        new SettingsFacts(
            types.size(),
            List.copyOf(refused.values()),
            unknown(),
            missing(properties, refused.keySet())));
  }

  private OcaNodeProperties bind(List<ConfigurationPropertySource> sources) {
    return new Binder(sources, new PropertySourcesPlaceholdersResolver(environment))
        .bind(ROOT, Bindable.of(OcaNodeProperties.class))
        .get();
  }

  private void collect(ConfigurationPropertyName parent, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      ConfigurationPropertyName name =
          parent.append(DataObjectPropertyName.toDashedForm(component.getName()));
      if (component.getType().isRecord()) {
        collect(name, component.getType());
      } else {
        types.put(name, component.getType());
      }
    }
  }

  /** One setting as given, all others as by default: what is wrong then is this one. */
  private List<ConfigurationPropertySource> only(ConfigurationPropertyName name) {
    return overDefaults(source -> source.filter(other -> isOf(name, other)));
  }

  private List<ConfigurationPropertySource> without(Collection<ConfigurationPropertyName> names) {
    return overDefaults(
        source -> source.filter(other -> names.stream().noneMatch(name -> isOf(name, other))));
  }

  private List<ConfigurationPropertySource> overDefaults(
      UnaryOperator<ConfigurationPropertySource> filter) {
    List<ConfigurationPropertySource> sources = new ArrayList<>();
    given.forEach(source -> sources.add(filter.apply(source)));
    sources.addAll(defaults);
    return sources;
  }

  private static boolean isOf(ConfigurationPropertyName name, ConfigurationPropertyName other) {
    return name.equals(other) || name.isAncestorOf(other);
  }

  private String refusal(ConfigurationPropertyName name, BindException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith(ROOT + ".")) {
      return message;
    }
    ConfigurationProperty property = failure.getProperty();
    return name
        + " is "
        + (property == null ? "unreadable" : property.getValue())
        + " (expected: "
        + expected(types.getOrDefault(name, Object.class))
        + ")";
  }

  private static String expected(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    } else if (type == Duration.class) {
      return "a duration, such as 500ms, 30s or 24h";
    } else if (type == URI.class) {
      return "a URL";
    } else if (type == Path.class) {
      return "a path";
    } else if (type == List.class) {
      return "URLs, separated by commas";
    }
    return "a value that can be read";
  }

  /** Names below {@code oca} that bind to nothing, as they were written. */
  private List<String> unknown() {
    TreeSet<String> unknown = new TreeSet<>();
    for (ConfigurationPropertySource source : given) {
      if (source instanceof IterableConfigurationPropertySource names) {
        names.stream()
            .filter(name -> ROOT.isAncestorOf(name) && !isKnown(name))
            .map(names::getConfigurationProperty)
            .filter(Objects::nonNull)
            .forEach(property -> unknown.add(written(property)));
      }
    }
    return List.copyOf(unknown);
  }

  private static String written(ConfigurationProperty property) {
    return property.getOrigin() instanceof PropertySourceOrigin at
        ? at.getPropertyName()
        : property.getName().toString();
  }

  /** Environment variables lose their dashes, and may have gained dots for them. */
  private boolean isKnown(ConfigurationPropertyName name) {
    String letters = letters(name);
    String withoutIndex = letters.replaceAll("[0-9]+$", "");
    return types.entrySet().stream()
        .anyMatch(known ->
            letters(known.getKey())
                .equals(known.getValue() == List.class ? withoutIndex : letters));
  }

  private static String letters(ConfigurationPropertyName name) {
    return name.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /**
   * A node outside a fleet has its own of these. That there are no doors, the check tells itself.
   */
  private List<String> missing(
      OcaNodeProperties properties, Collection<ConfigurationPropertyName> refused) {
    OcaNodeProperties laptop = bind(defaults);
    Map<String, Boolean> isDefault =
        Map.of(
            "oca.node-id", properties.nodeId().equals(laptop.nodeId()),
            "oca.endpoint", properties.endpoint().equals(laptop.endpoint()));
    return isDefault.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .filter(name -> !refused.contains(ConfigurationPropertyName.of(name)))
        .sorted()
        .toList();
  }

  private static List<ConfigurationPropertySource> defaults() {
    try {
      List<ConfigurationPropertySource> sources = new ArrayList<>();
      for (PropertySource<?> source :
          new YamlPropertySourceLoader()
              .load("defaults", new ClassPathResource("application.yml"))) {
        ConfigurationPropertySource one = ConfigurationPropertySource.from(source);
        if (one != null) {
          sources.add(one);
        }
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
