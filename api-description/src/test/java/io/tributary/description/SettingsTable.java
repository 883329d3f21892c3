package io.tributary.description;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;

/** One service's settings with all that is told of them, found out by trying. */
final class SettingsTable {
  private static final Pattern REFUSAL =
      Pattern.compile("(?<name>\\S+) (?<said>.+?) \\(expected: (?<expected>.+)\\); .*");

  /** What is told of services that have no such default, as an example. */
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("spring.kafka.bootstrap-servers", "kafka:9092"),
          Map.entry("tributary.identity.issuers[0].issuer", "https://login.example"),
          Map.entry("tributary.identity.issuers[0].jwks", "https://login.example/jwks.json"),
          Map.entry("tributary.cassandra.contact-points", "cassandra:9042"),
          Map.entry("tributary.cassandra.local-datacenter", "dc1"),
          Map.entry("tributary.cassandra.replication", "dc1:3"),
          Map.entry("tributary.object-store.endpoint", "http://object-store:9000"),
          Map.entry(
              "tributary.object-store.credentials-file",
              "/secrets/object-store/object-store.properties"),
          Map.entry("gateway.upstreams.playback", "http://playback-service:8080"),
          Map.entry("playback.steering-urls", "http://steering-service:8080"),
          Map.entry("playback.signing-keys-file", "/secrets/media/media.jwks"),
          Map.entry("playback.public-base-url", "https://play.example"),
          Map.entry("steering.face.play-keys-file", "/secrets/media-public/media-public.jwks"),
          Map.entry("control-plane.authority.key-store-file", "/secrets/authority/authority.p12"),
          Map.entry(
              "control-plane.authority.password-file", "/secrets/authority/authority.password"),
          Map.entry(
              "control-plane.media-token-keys-file", "/secrets/media-public/media-public.jwks"),
          Map.entry("oca.node-id", "oca-1"),
          Map.entry("oca.endpoint", "http://oca-1.example:8080"),
          Map.entry("oca.control-plane.urls", "https://node-door.example:8443"),
          Map.entry("oca.control-plane.ca-file", "/secrets/authority-public/authority.pem"));

  private final ConfiguredService service;
  private final TrialStart start;
  private final List<Setting> settings;
  private final Map<String, Object> defaults;
  private final Map<String, Object> local;

  SettingsTable(ConfiguredService service, SourceComments comments) {
    this.service = service;
    this.start = new TrialStart(service);
    this.settings = Setting.of(service, comments);
    this.defaults = service.defaults();
    this.local = service.localDefaults();
  }

  /** For the names of tests. */
  @Override
  public String toString() {
    return service.module();
  }

  ConfiguredService service() {
    return service;
  }

  TrialStart start() {
    return start;
  }

  List<Setting> settings() {
    return settings;
  }

  /** As few variables as the service starts with. */
  Map<String, String> needed() {
    Map<String, String> needed = new HashMap<>();
    settings.stream()
        .filter(setting -> EXAMPLES.containsKey(setting.name()))
        .forEach(setting -> needed.put(setting.variable(), example(setting)));
    return needed;
  }

  static String example(Setting setting) {
    return EXAMPLES.getOrDefault(setting.name(), "");
  }

  boolean mustBeSet(Setting setting) {
    return EXAMPLES.containsKey(setting.name());
  }

  String defaultOf(Setting setting) {
    return String.valueOf(defaults.getOrDefault(setting.listed(), ""));
  }

  Optional<String> localDefaultOf(Setting setting) {
    return Optional.ofNullable(local.get(setting.listed())).map(String::valueOf);
  }

  /** What the service would say of a wrong value; empty if it takes all that were tried. */
  Optional<Refusal> refusal(Setting setting) {
    return wrong(setting).stream()
        .flatMap(value -> {
          Map<String, String> variables = needed();
          variables.put(setting.variable(), value);
          return refusal(setting, value, start.refusal(variables)).stream();
        })
        .findFirst();
  }

  /** What the service says that it expects of a wrong value, or of none. */
  private String expected(Setting setting) {
    return refusal(setting)
        .or(() -> refusal(setting, "", start.refusal(needed(), "--" + setting.name() + "=")))
        .map(Refusal::expected)
        .orElse("");
  }

  private static Optional<Refusal> refusal(Setting setting, String value, Optional<String> said) {
    return said.map(REFUSAL::matcher)
        .filter(Matcher::matches)
        .filter(line -> line.group("name").equals(setting.name()))
        .map(line -> new Refusal(value, line.group(), line.group("expected")));
  }

  /**
   * A value that was not taken.
   *
   * @param value the value
   * @param line what the operator reads
   * @param expected of it
   */
  record Refusal(String value, String line, String expected) {}

  /** Values of the right kind that hardly any setting takes, before those of another kind. */
  private static List<String> wrong(Setting setting) {
    Class<?> kind = ClassUtils.resolvePrimitiveIfNecessary(setting.kind());
    if (kind == Integer.class || kind == Long.class) {
      return List.of("-1", "2147483647", "?!");
    }
    if (kind == Double.class) {
      return List.of("-1", "1000000", "?!");
    }
    if (kind == Duration.class) {
      return List.of("-1s", "0s", "40000d", "?!");
    }
    if (kind == URI.class) {
      return List.of("ftp://x", "?!");
    }
    if (kind == Path.class) {
      return List.of();
    }
    return List.of("?!");
  }

  /** The rows of the page. */
  String markdown() {
    return settings.stream().map(this::row).collect(Collectors.joining());
  }

  private String row(Setting setting) {
    return row(setting.name(), defaultCell(setting), setting.meaning(), expected(setting));
  }

  static String row(String name, String defaultCell, String meaning, String expected) {
    return "| `%s`<br>`%s` | %s | %s | %s |\n"
        .formatted(
            name, Setting.variable(name), defaultCell, escaped(meaning), escaped(code(expected)));
  }

  private String defaultCell(Setting setting) {
    String value = defaultOf(setting);
    String cell =
        mustBeSet(setting)
            ? "**must be set**, as `" + example(setting) + "`"
            : value.isEmpty()
                ? "none"
                : value.equals("@project.version@") ? "this build's" : "`" + value + "`";
    return cell
        + localDefaultOf(setting).map(text -> "; in profile `local`: `" + text + "`").orElse("");
  }

  /** A pattern as code, so that nobody takes it for Markdown. */
  private static String code(String expected) {
    return expected.startsWith("[") || expected.contains("](") ? "`" + expected + "`" : expected;
  }

  private static String escaped(String text) {
    return text.replace("\n\n", " ").replace("|", "\\|");
  }

  /** Of {@code server}, {@code management} and their like, which Spring reads itself. */
  Map<String, String> springDefaults() {
    Map<String, String> values = new LinkedHashMap<>();
    defaults.forEach((name, value) -> values.put(name, String.valueOf(value)));
    return values;
  }
}
