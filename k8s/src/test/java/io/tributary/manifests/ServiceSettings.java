package io.tributary.manifests;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The settings that one service knows: by its records, its defaults, or as Spring Boot's own. */
enum ServiceSettings {
  API_GATEWAY("io.tributary.gateway"),
  PLAYBACK_SERVICE("io.tributary.playback"),
  STEERING_SERVICE("io.tributary.steering"),
  OCA_CONTROL_PLANE("io.tributary.controlplane"),
  OCA_NODE("io.tributary.oca"),
  MEDIA_PIPELINE("io.tributary.pipeline");

  private static final Set<String> OF_SPRING = ofSpring();

  private final String basePackage;

  ServiceSettings(String basePackage) {
    this.basePackage = basePackage;
  }

  /** Of the service with this module's name. */
  static ServiceSettings of(String module) {
    return valueOf(module.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether an environment variable of this name sets anything. */
  boolean knows(String variable) {
    // An element of a list is named by its index.
    String name = variable.replaceAll("_[0-9]+(?=_|$)", "[]");
    return OF_SPRING.contains(variable)
        || defaults().stream()
            .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
            .anyMatch(property -> variable(property).equals(variable))
        || records().stream().anyMatch(type -> names(prefix(type), type).contains(name));
  }

  /**
   * What the service would say of these variables at its start.
   *
   * @return nothing if it would start
   */
  List<String> refusals(Map<String, Object> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().remove("systemEnvironment");
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
    Object profile = variables.get("SPRING_PROFILES_ACTIVE");
    if (profile != null) {
      defaultsIn("application-" + profile + ".yml")
          .forEach(environment.getPropertySources()::addLast);
    }
    defaults().forEach(environment.getPropertySources()::addLast);
    List<String> refusals = new ArrayList<>();
    for (Class<?> type : records()) {
      try {
        Binder.get(environment).bind(dotted(type), Bindable.of(type)).get();
      } catch (BindException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
          cause = cause.getCause();
        }
        refusals.add(e.getMessage() + ": " + cause.getMessage());
      }
    }
    return refusals;
  }

  private List<PropertySource<?>> defaults() {
    return defaultsIn("application.yml");
  }

  private List<PropertySource<?>> defaultsIn(String name) {
    String module = name().toLowerCase(Locale.ROOT).replace('_', '-');
    var file = new FileSystemResource(Path.of("..", module, "src/main/resources", name));
    if (!file.exists()) {
      return List.of();
    }
    try {
      return new YamlPropertySourceLoader().load(name, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Class<?>> records() {
    var scanner =
        new ClassPathScanningCandidateComponentProvider(false) {
          @Override
          protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return true;
          }
        };
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    List<Class<?>> found = new ArrayList<>();
    for (BeanDefinition definition : scanner.findCandidateComponents(basePackage)) {
      try {
        found.add(Class.forName(definition.getBeanClassName()));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
    return found;
  }

  private static String dotted(Class<?> type) {
    ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
    return annotation.prefix() + annotation.value();
  }

  private static String prefix(Class<?> type) {
    return variable(dotted(type));
  }

  private static Set<String> names(String prefix, Class<?> type) {
    Set<String> names = new HashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + "_" + component.getName().toUpperCase(Locale.ROOT);
      Class<?> of = component.getType();
      if (of.isRecord() && of.getName().startsWith("io.tributary.")) {
        names.addAll(names(name, of));
      } else {
        names.add(name);
        if (List.class.isAssignableFrom(of)) {
          names.add(name + "[]");
          if (elementOf(component.getGenericType()) instanceof Class<?> element
              && element.isRecord()) {
            names.addAll(names(name + "[]", element));
          }
        }
      }
    }
    return names;
  }

  private static Type elementOf(Type list) {
    return ((ParameterizedType) list).getActualTypeArguments()[0];
  }

  /** Spring's relaxed form: dots become underscores, dashes go. */
  private static String variable(String property) {
    return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static Set<String> ofSpring() {
    Set<String> names = new HashSet<>();
    try {
      for (URL url :
          Collections.list(
              ServiceSettings.class
                  .getClassLoader()
                  .getResources("META-INF/spring-configuration-metadata.json"))) {
        try (InputStream in = url.openStream()) {
          JsonObject metadata =
              new Gson()
                  .fromJson(
                      new String(in.readAllBytes(), StandardCharsets.UTF_8), JsonObject.class);
          Manifest.list(metadata, "properties")
              .forEach(property -> names.add(variable(property.get("name").getAsString())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
