package io.tributary.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Says in one line which setting stopped the start: {@code oca.fill.parallel-files is 0 (expected:
 * 1 to 64); from environment variable OCA_FILL_PARALLELFILES}.
 *
 * <p>It reads what the code that refused has said, and that code need not know this class: a record
 * says {@code name is value (expected: …)} of its own component, other code the same of a setting's
 * whole name. Before Boot's own analysers, which would name the record and its last component.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingRefusal implements FailureAnalyzer {
  private static final Pattern SAID_BY_RECORD =
      Pattern.compile(
          "(?<name>[a-z][a-zA-Z0-9.\\[\\]-]*) (?<said>.+?) \\(expected: (?<expected>.+)\\)",
          Pattern.DOTALL);

  private static final Pattern SAID_OF_SETTING =
      Pattern.compile(
          "(?<name>[a-z][a-z0-9-]*(?:\\.[a-z0-9\\[\\]-]+)+) (?<said>.+?)"
              + " \\(expected: (?<expected>.+)\\)",
          Pattern.DOTALL);

  private final SettingOrigins origins;
  private final KnownSettings known;

  /** Made by Boot, which gives it the environment of the start that failed. */
  SettingRefusal(Environment environment) {
    ConfigurableEnvironment started = (ConfigurableEnvironment) environment;
    this.origins = new SettingOrigins(started);
    this.known = KnownSettings.of(started);
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      chain.add(each);
    }
    return Stream.<Optional<String>>of(
            last(chain, WrongVariableException.class).map(Throwable::getMessage),
            last(chain, UnboundConfigurationPropertiesException.class).map(this::unknown),
            last(chain, BindException.class)
                .flatMap(refused -> boundWrong(refused, chain.getLast())),
            chain.stream().flatMap(each -> saidOfSetting(each).stream()).findFirst(),
            last(chain, ConversionFailedException.class).flatMap(this::convertedByName))
        .flatMap(Optional::stream)
        .findFirst()
        .map(line ->
            new FailureAnalysis(
                line, "Correct it and start again. Every setting: docs/settings.md", failure))
        .orElse(null);
  }

  private String unknown(UnboundConfigurationPropertiesException unbound) {
    String name = unbound.getUnboundProperties().iterator().next().getName().toString();
    String meant =
        known
            .meantBy(KnownSettings.variable(name))
            .orElse("a name that docs/settings.md has for this service");
    return origins.line(name, "is no setting", meant);
  }

  private Optional<String> boundWrong(BindException refused, Throwable root) {
    Matcher said = SAID_BY_RECORD.matcher(String.valueOf(root.getMessage()));
    ConfigurationPropertyName where = refused.getName();
    if (said.matches()) {
      String name = said.group("name");
      String whole = name.startsWith(where + ".") ? name : where + "." + name;
      return Optional.of(origins.line(whole, said.group("said"), said.group("expected")));
    }
    Class<?> type = refused.getTarget().getType().toClass();
    if (type.isRecord()) {
      return Stream.of(type.getRecordComponents())
          .map(component -> new UnsetComponent(where, component))
          .filter(component -> !origins.isSet(component.name()))
          .map(component -> origins.line(component.name(), "is not set", component.expected()))
          .findFirst();
    }
    return Optional.of(
        origins.line(
            where.toString(), "cannot be read", Kinds.expected(refused.getTarget().getType())));
  }

  private Optional<String> saidOfSetting(Throwable each) {
    Matcher said = SAID_OF_SETTING.matcher(String.valueOf(each.getMessage()));
    return said.matches()
        ? Optional.of(origins.line(said.group("name"), said.group("said"), said.group("expected")))
        : Optional.empty();
  }

  /** Whoever asked Spring for the value by its name does not say which one it was. */
  private Optional<String> convertedByName(ConversionFailedException failed) {
    return known.names().stream()
        .filter(name -> origins.value(name).equals(Optional.of(String.valueOf(failed.getValue()))))
        .findFirst()
        .map(name ->
            origins.line(
                name,
                "cannot be read",
                Kinds.expected(failed.getTargetType().getResolvableType())));
  }

  private static <T extends Throwable> Optional<T> last(List<Throwable> chain, Class<T> type) {
    return chain.reversed().stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
