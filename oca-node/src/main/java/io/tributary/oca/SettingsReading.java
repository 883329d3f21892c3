package io.tributary.oca;

import io.tributary.oca.check.SettingsFacts;
import io.tributary.settings.SettingReview;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Reads the node's settings as its start does, by the same binding into the same records, but goes
 * on after a wrong one with its default: so all of them are told at once.
 */
final class SettingsReading {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("oca");

  /** Of settings without a default, while another one is looked at. */
  private static final ConfigurationPropertySource STAND_INS =
      new MapConfigurationPropertySource(
          Map.of(
              "oca.node-id", "node",
              "oca.endpoint", "http://node.invalid",
              "oca.control-plane.urls", "https://door.invalid",
              "oca.control-plane.ca-file", "/authority.pem"));

  private final ConfigurableEnvironment environment;
  private final List<ConfigurationPropertySource> given;
  private final List<ConfigurationPropertySource> defaults;
  private final Set<ConfigurationPropertyName> settings = new LinkedHashSet<>();

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
   * @param replaced their names
   * @param facts what was wrong
   */
  record Result(OcaNodeProperties properties, List<String> replaced, SettingsFacts facts) {}

  Result read() {
    Map<ConfigurationPropertyName, String> refused = new LinkedHashMap<>();
    for (ConfigurationPropertyName name : settings) {
      try {
        bind(only(name));
      } catch (BindException e) {
        refused.put(name, SettingReview.line(environment, e));
      }
    }
    SettingReview.Variables variables = SettingReview.variables(environment);
    List<String> wrong = new ArrayList<>(refused.values());
    wrong.addAll(variables.refused());
    wrong.addAll(unknown());
    return new Result(
        bind(without(refused.keySet())),
        refused.keySet().stream().map(ConfigurationPropertyName::toString).toList(),
        new SettingsFacts(settings.size(), wrong, variables.unknown()));
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
        settings.add(name);
      }
    }
  }

  /** One setting as given, all others as by default: what is wrong then is this one. */
  private List<ConfigurationPropertySource> only(ConfigurationPropertyName name) {
    return sources(other -> isOf(name, other));
  }

  /** All as given but these, which are as by default. */
  private List<ConfigurationPropertySource> without(Collection<ConfigurationPropertyName> names) {
    return sources(other -> names.stream().noneMatch(name -> isOf(name, other)));
  }

  private List<ConfigurationPropertySource> sources(Predicate<ConfigurationPropertyName> given) {
    List<ConfigurationPropertySource> sources = new ArrayList<>();
    this.given.forEach(source -> sources.add(source.filter(given)));
    // What has no default is refused when it is empty; this one's turn comes alone.
    sources.add(STAND_INS.filter(name -> !given.test(name)));
    sources.addAll(defaults);
    return sources;
  }

  private static boolean isOf(ConfigurationPropertyName name, ConfigurationPropertyName other) {
    return name.equals(other) || name.isAncestorOf(other);
  }

  /** Names below {@code oca}, wherever a start refuses what binds to nothing. */
  private List<String> unknown() {
    TreeSet<String> unknown = new TreeSet<>();
    UnboundElementsSourceFilter isStrict = new UnboundElementsSourceFilter();
    for (ConfigurationPropertySource source : given) {
      if (source instanceof IterableConfigurationPropertySource names && isStrict.apply(source)) {
        names.stream()
            .filter(name -> ROOT.isAncestorOf(name))
            .filter(name -> settings.stream().noneMatch(known -> isOf(known, name)))
            .forEach(name -> unknown.add(name + " is no setting (expected: one of oca-node's)"));
      }
    }
    return List.copyOf(unknown);
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
