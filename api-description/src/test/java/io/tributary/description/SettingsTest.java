package io.tributary.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** {@code docs/settings.md} is what services do with their settings, and they refuse well. */
class SettingsTest {
  private static final boolean WRITES = Boolean.getBoolean("settings.write");

  static final List<SettingsTable> TABLES = SettingsPage.tables();

  /** Any text will do for these; a file's or folder's name is found out about when it is opened. */
  private static final Set<String> TAKE_ANY_TEXT =
      Set.of(
          "tributary.identity.issuers[0].issuer",
          "tributary.identity.audience",
          "tributary.cassandra.local-datacenter",
          "tributary.object-store.region",
          "gateway.local-issuer-key-file",
          "oca.enrolment-token-file",
          "oca.routes.path",
          "steering.face.address",
          "steering.nearness.coverage-zone-file",
          "steering.nearness.peer-file",
          "steering.nearness.geography-file",
          "steering.nearness.default-site",
          "tributary.cassandra.security.credentials-folder",
          "tributary.cassandra.security.ca-file",
          "gateway.admin.address",
          "playback.admin.address",
          "control-plane.node-door.address",
          "oca.serve.address",
          "oca.software-version",
          "pipeline.ffmpeg",
          "pipeline.ffprobe");

  /** After a change of a setting: {@code -Dsettings.write=true}, and look at the difference. */
  @Test
  void the_checked_in_page_is_what_the_services_do() throws IOException {
    String said = SettingsPage.text(TABLES);
    if (WRITES) {
      Files.writeString(SettingsPage.FILE, said);
    }

    assertThat(SettingsPage.FILE).as("write it with -Dsettings.write=true").exists();
    assertThat(Files.readString(SettingsPage.FILE))
        .as("docs/settings.md is stale: write it with -Dsettings.write=true")
        .isEqualTo(said);
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void application_yml_has_every_setting_and_no_other(SettingsTable table) {
    Set<String> ours =
        table.service().defaults().keySet().stream()
            .filter(SettingsTest::isOurs)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(ours)
        .isEqualTo(
            table.settings().stream()
                .map(Setting::listed)
                .filter(SettingsTest::isOurs)
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(table.service().localDefaults().keySet())
        .isSubsetOf(table.settings().stream().map(Setting::listed).toList());
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void every_setting_says_what_it_is(SettingsTable table) {
    assertThat(table.settings().stream().filter(setting -> setting.meaning().isBlank()))
        .as("say it in the comment of the record")
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void a_service_starts_with_what_must_be_set_and_not_without(SettingsTable table) {
    assertThat(table.start().refusal(table.needed())).isEmpty();
    for (Setting setting : table.settings()) {
      Map<String, String> variables = table.needed();
      variables.remove(setting.variable());
      String unset = setting.name() + " is not set (expected: ";
      String variable = "); its environment variable is " + setting.variable();
      if (table.mustBeSet(setting)) {
        assertThat(table.start().refusal(variables))
            .hasValueSatisfying(line -> assertThat(line).startsWith(unset).endsWith(variable));
        variables.put(setting.variable(), "");
        assertThat(table.start().refusal(variables))
            .as("empty")
            .hasValueSatisfying(line -> assertThat(line).startsWith(unset).endsWith(variable));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void a_wrong_value_is_refused_by_name_value_and_variable(SettingsTable table) {
    for (Setting setting : table.settings()) {
      if (Path.class != setting.kind() && !TAKE_ANY_TEXT.contains(setting.name())) {
        assertThat(table.refusal(setting))
            .as(setting.name())
            .hasValueSatisfying(refusal ->
                assertThat(refusal.line())
                    .startsWith(setting.name() + " ")
                    .contains(refusal.value())
                    .endsWith("; from environment variable " + setting.variable()));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void a_default_is_not_emptied_by_mistake(SettingsTable table) {
    for (Setting setting : table.settings()) {
      if (!table.defaultOf(setting).isEmpty()) {
        Map<String, String> variables = table.needed();
        variables.put(setting.variable(), "");

        assertThat(table.start().refusal(variables))
            .hasValueSatisfying(line ->
                assertThat(line)
                    .startsWith(
                        "environment variable " + setting.variable() + " is empty (expected: "));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void a_misspelt_variable_or_argument_is_refused(SettingsTable table) {
    for (Setting setting : table.settings()) {
      String variable = setting.variable();
      String misspelt = variable.substring(0, variable.length() - 1);
      Map<String, String> variables = table.needed();
      variables.put(misspelt, "x");

      if (!setting.name().contains("[0]")) {
        assertThat(table.start().refusal(variables))
            .hasValueSatisfying(line ->
                assertThat(line)
                    .startsWith("environment variable " + misspelt + " is no setting (expected: "));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void whatever_else_is_in_the_environment_stops_nothing(SettingsTable table) {
    Map<String, String> variables = table.needed();
    variables.putAll(
        Map.of(
            "PATH", "/bin",
            "HOSTNAME", "pod-1",
            "TRIBUTARY_INSTANCE", "pod-1",
            "TRIBUTARY_HOME", "/home",
            "PLAYBACK_SERVICE_SERVICE_HOST", "10.0.0.1",
            "PLAYBACK_SERVICE_PORT_8080_TCP_ADDR", "10.0.0.1",
            "STEERING_SERVICE_PORT", "tcp://10.0.0.1:8080",
            "OCA_NODE_PORT", "tcp://10.0.0.1:8080",
            "KAFKA_PORT", "tcp://10.0.0.1:9092"));
    // Another service's, as one file for a whole fleet has them.
    for (SettingsTable other : TABLES) {
      other.needed().forEach(variables::putIfAbsent);
    }

    assertThat(table.start().refusal(variables)).isEmpty();
  }

  /** One name, one meaning, whichever service reads it. */
  @Test
  void settings_of_several_services_say_the_same_everywhere() {
    Map<String, List<String>> said = new HashMap<>();
    for (SettingsTable table : TABLES) {
      for (Setting setting : table.settings()) {
        said.computeIfAbsent(setting.name(), name -> new ArrayList<>())
            .add(setting.meaning() + table.refusal(setting).map(SettingsTable.Refusal::expected));
      }
    }

    assertThat(said).allSatisfy((name, each) -> assertThat(Set.copyOf(each)).hasSize(1));
  }

  private static boolean isOurs(String name) {
    return !name.matches("(spring|server|management|logging)\\..*");
  }
}
