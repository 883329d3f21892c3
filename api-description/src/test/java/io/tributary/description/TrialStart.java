package io.tributary.description;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * As much of a service's start as is about its settings: what Boot finds in {@code
 * service-settings} looks at the environment, every record is bound, and what is thrown goes to
 * Boot's analysers. Nothing is started.
 */
final class TrialStart {
  /** What Boot calls a service's own file, which holds here its defaults. */
  private static final String OWN = "Config resource 'class path resource [application.yml]'";

  private final ConfiguredService service;

  TrialStart(ConfiguredService service) {
    this.service = service;
  }

  /**
   * The line that an operator would read; empty if the start would go on.
   *
   * @param variables of the environment
   * @param arguments as {@code --name=value}
   */
  Optional<String> refusal(Map<String, String> variables, String... arguments) {
    GenericApplicationContext context = new GenericApplicationContext();
    StandardEnvironment environment = environment(variables, arguments);
    context.setEnvironment(environment);
    try {
      look(context);
      service
          .records()
          .forEach((prefix, type) ->
              Binder.get(environment).bindOrCreate(prefix, Bindable.of(type), strictness(type)));
      return Optional.empty();
    } catch (RuntimeException refused) {
      return analysis(refused, context).map(FailureAnalysis::getDescription);
    }
  }

  /** As Boot does for the record: nothing under its prefix may be left over. */
  private static BindHandler strictness(Class<?> type) {
    ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
    return annotation == null || annotation.ignoreUnknownFields()
        ? BindHandler.DEFAULT
        : new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
  }

  @SuppressWarnings("unchecked") // initializers take any context
  private static void look(ConfigurableApplicationContext context) {
    SpringFactoriesLoader.forDefaultResourceLocation()
        .load(ApplicationContextInitializer.class)
        .stream()
        .filter(each -> each.getClass().getName().startsWith("io.tributary.settings."))
        .forEach(each ->
            ((ApplicationContextInitializer<ConfigurableApplicationContext>) each)
                .initialize(context));
  }

  private static Optional<FailureAnalysis> analysis(
      RuntimeException refused, ConfigurableApplicationContext context) {
    ArgumentResolver resolver =
        ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
            .and(Environment.class, context.getEnvironment());
    List<FailureAnalyzer> analysers =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(
                FailureAnalyzer.class,
                resolver,
                SpringFactoriesLoader.FailureHandler.logging(
                    org.apache.commons.logging.LogFactory.getLog(TrialStart.class)));
    return analysers.stream()
        .map(analyser -> analyser.analyze(refused))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private StandardEnvironment environment(Map<String, String> variables, String... arguments) {
    StandardEnvironment environment = new StandardEnvironment();
    MutablePropertySources sources = environment.getPropertySources();
    sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    sources.replace(
        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
    sources.addFirst(new SimpleCommandLinePropertySource(arguments));
    sources.addLast(new MapPropertySource(OWN, service.defaults()));
    ConfigurationPropertySources.attach(environment);
    return environment;
  }
}
