package io.tributary.description;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code docs/settings.md}. */
final class SettingsPage {
  static final Path FILE = ApiFile.ROOT.resolve("docs/settings.md");

  private static final String INTRODUCTION =
      """
      # Settings
      Every setting of every service. Written by the build from the records that settings are bound to, what those refuse, and each service's
      `application.yml`; a test holds this page to them ([how](../CONTRIBUTING.md)).

      - **By environment.** Below each setting stands its environment variable. Several values have commas between them, or a variable each: `…_0`, `…_1`. The same
        names are taken as arguments, `--oca.fill.parallel-files=2`, and from an `application.yml` in the folder where the process is started.
      - **Times** are written `500ms`, `10s`, `5m`, `2h`, `7d`. Bytes and bits are plain numbers.
      - **What names another process, another's data or a secret must be set**: it has no default but in profile `local`
        (`SPRING_PROFILES_ACTIVE=local`), which is for one machine. An empty value is none.
      - **A wrong or missing one stops the start** with one line, after `APPLICATION FAILED TO START`, and exit code 1:
        `oca.fill.parallel-files is 0 (expected: 1 to 64); from environment variable OCA_FILL_PARALLELFILES`. So does a variable whose name differs from a setting's by a letter or two,
        and an argument that is no setting. Any other unknown variable that begins as a service's own settings do is logged (`event=unknown-settings`).
      - **Secrets are files.** A setting holds a secret's path, never the secret. Those files, and those with public keys, must be readable when the process starts.
      - **Logs**: `LOGGING_LEVEL_ROOT=DEBUG`, or of a package, `LOGGING_LEVEL_IO_TRIBUTARY=DEBUG`.
      """;

  /** What Spring reads itself, as far as operators need it. */
  private static final Map<String, String> OF_SPRING = new LinkedHashMap<>();

  static {
    OF_SPRING.put(
        "server.address", "where the main door listens: a name or IP address of this machine");
    OF_SPRING.put("server.port", "where the main door listens; 0 for any free one");
    OF_SPRING.put(
        "management.server.address",
        "where probes and Prometheus are answered, which is never public: a name or IP address of"
            + " this machine");
    OF_SPRING.put(
        "management.server.port", "where probes and Prometheus are answered; 0 for any free one");
    OF_SPRING.put(
        "spring.lifecycle.timeout-per-shutdown-phase",
        "how long requests may go on when the process is told to stop");
  }

  private SettingsPage() {}

  static String text(List<SettingsTable> tables) {
    return INTRODUCTION + tables.stream().map(SettingsPage::section).collect(Collectors.joining());
  }

  private static String section(SettingsTable table) {
    return "\n## "
        + table.service().module()
        + "\n\n| setting | default | what it is | expected |\n| --- | --- | --- | --- |\n"
        + table.markdown()
        + ofSpring(table);
  }

  private static String ofSpring(SettingsTable table) {
    Map<String, String> defaults = table.springDefaults();
    // Media has a door of its own there, so Spring's only listener is the management's.
    boolean isNode = table.service() == ConfiguredService.OCA_NODE;
    return OF_SPRING.entrySet().stream()
        .filter(setting -> !(isNode && setting.getKey().startsWith("server.")))
        .map(setting ->
            SettingsTable.row(
                setting.getKey(),
                "`"
                    + defaults.get(
                        isNode ? setting.getKey().replace("management.", "") : setting.getKey())
                    + "`",
                setting.getValue(),
                setting.getKey().endsWith(".port")
                    ? "0 to 65535"
                    : setting.getKey().endsWith(".address") ? "" : "a time"))
        .collect(Collectors.joining());
  }

  static List<SettingsTable> tables() {
    SourceComments comments = new SourceComments(ApiFile.ROOT);
    return Arrays.stream(ConfiguredService.values())
        .map(service -> new SettingsTable(service, comments))
        .toList();
  }
}
