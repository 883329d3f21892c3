package io.tributary.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Real processes that are told something wrong end at once, and say what in one line. */
class RefusedStartIT {
  static final List<SettingsTable> TABLES = SettingsPage.tables();

  /** More is a stack trace. */
  private static final int MAX_LINES = 40;

  private static final String SECRET = "5ecret5ecret5ecret";

  @TempDir static Path folder;
  private static FleetSecrets secrets;

  @BeforeAll
  static void make() throws Exception {
    secrets = FleetSecrets.in(folder);
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void told_nothing_it_names_what_must_be_set(SettingsTable table) throws Exception {
    assertThat(refusal(table, Map.of()))
        .containsPattern("^[a-z.-]+(\\[0].[a-z]+)? is not set \\(expected: .+\\); its environment")
        .satisfies(line ->
            assertThat(table.settings().stream().filter(table::mustBeSet).map(Setting::name))
                .contains(line.substring(0, line.indexOf(' '))));
  }

  @Test
  void a_wrong_value_of_the_environment_is_named() throws Exception {
    assertRefused(
        ConfiguredService.OCA_NODE,
        Map.of("OCA_FILL_PARALLELFILES", "0"),
        "oca.fill.parallel-files is 0 (expected: 1 to 64); from environment variable"
            + " OCA_FILL_PARALLELFILES");
  }

  @Test
  void what_is_no_port_is_named() throws Exception {
    assertRefused(
        ConfiguredService.STEERING_SERVICE,
        Map.of("SERVER_PORT", "abc"),
        "server.port is abc (expected: a whole number below 2147483648); from environment variable"
            + " SERVER_PORT");
    // Which Spring asks for in another way.
    assertRefused(
        ConfiguredService.MEDIA_PIPELINE,
        Map.of("MANAGEMENT_SERVER_PORT", "tcp://10.0.0.1:9090"),
        "management.server.port is tcp://10.0.0.1:9090 (expected: a whole number below 2147483648);"
            + " from environment variable MANAGEMENT_SERVER_PORT");
    assertRefused(
        ConfiguredService.OCA_NODE,
        Map.of("MANAGEMENT_SERVER_PORT", "abc"),
        "server.port is abc (expected: a whole number below 2147483648); from environment variable"
            + " MANAGEMENT_SERVER_PORT");
  }

  @Test
  void a_misspelt_variable_is_named() throws Exception {
    assertRefused(
        ConfiguredService.PLAYBACK_SERVICE,
        Map.of("TRIBUTARY_CASSANDRA_CONTACTPOINT", "cassandra:9042"),
        "environment variable TRIBUTARY_CASSANDRA_CONTACTPOINT is no setting (expected:"
            + " TRIBUTARY_CASSANDRA_CONTACTPOINTS)");
  }

  @Test
  void the_gateway_needs_its_keys() throws Exception {
    assertUnusable(
        ConfiguredService.API_GATEWAY,
        "TRIBUTARY_IDENTITY_ISSUERS_0_JWKS",
        "tributary.identity.issuers[0].jwks",
        missing().toUri().toString(),
        "NoSuchFileException");
    assertUnusable(
        ConfiguredService.API_GATEWAY,
        "GATEWAY_LOCALISSUERKEYFILE",
        "gateway.local-issuer-key-file",
        malformed("{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"" + SECRET + "\"}"),
        "it is none");
  }

  @Test
  void playback_needs_its_keys_and_credentials() throws Exception {
    assertUnusable(
        ConfiguredService.PLAYBACK_SERVICE,
        "PLAYBACK_SIGNINGKEYSFILE",
        "playback.signing-keys-file",
        malformed("{\"keys\":[{\"d\":\"" + SECRET + "\"}"),
        "keys are unreadable");
    assertUnusable(
        ConfiguredService.PLAYBACK_SERVICE,
        "PLAYBACK_SIGNINGKEYSFILE",
        "playback.signing-keys-file",
        secrets.file("media-public.jwks").toString(),
        "keys are");
    assertUnusable(
        ConfiguredService.PLAYBACK_SERVICE,
        "TRIBUTARY_OBJECTSTORE_CREDENTIALSFILE",
        "tributary.object-store.credentials-file",
        malformed("secretAccessKey=" + SECRET),
        "it has no accessKeyId");
  }

  @Test
  void the_control_plane_needs_its_authority_and_keys() throws Exception {
    assertUnusable(
        ConfiguredService.OCA_CONTROL_PLANE,
        "CONTROLPLANE_AUTHORITY_KEYSTOREFILE",
        "control-plane.authority.key-store-file",
        malformed(SECRET),
        "it is no key store");
    assertUnusable(
        ConfiguredService.OCA_CONTROL_PLANE,
        "CONTROLPLANE_AUTHORITY_PASSWORDFILE",
        "control-plane.authority.password-file",
        missing().toString(),
        "there is no such file");
    Map<String, String> wrongPassword =
        Map.of("CONTROLPLANE_AUTHORITY_PASSWORDFILE", malformed(SECRET));
    assertThat(
            refusal(
                table(ConfiguredService.OCA_CONTROL_PLANE),
                merged(ConfiguredService.OCA_CONTROL_PLANE, wrongPassword)))
        .startsWith("control-plane.authority.key-store-file is ")
        .contains(" and cannot be used: the password is wrong (expected: ");
    assertUnusable(
        ConfiguredService.OCA_CONTROL_PLANE,
        "CONTROLPLANE_MEDIATOKENKEYSFILE",
        "control-plane.media-token-keys-file",
        secrets.file("media.jwks").toString(),
        "keys have a private one");
  }

  @Test
  void the_pipeline_needs_its_credentials() throws Exception {
    assertUnusable(
        ConfiguredService.MEDIA_PIPELINE,
        "TRIBUTARY_OBJECTSTORE_CREDENTIALSFILE",
        "tributary.object-store.credentials-file",
        missing().toString(),
        "there is no such file");
  }

  @Test
  void a_node_needs_an_authority_and_a_token() throws Exception {
    assertUnusable(
        ConfiguredService.OCA_NODE,
        "OCA_CONTROLPLANE_CAFILE",
        "oca.control-plane.ca-file",
        malformed(SECRET),
        "it has no certificate");
    assertUnusable(
        ConfiguredService.OCA_NODE,
        "OCA_ENROLMENTTOKENFILE",
        "oca.enrolment-token-file",
        missing().toString(),
        "there is no such file");
  }

  private static void assertUnusable(
      ConfiguredService service, String variable, String setting, String value, String trouble)
      throws Exception {
    Map<String, String> wrong = Map.of(variable, value);
    assertThat(refusal(table(service), merged(service, wrong)))
        .startsWith(setting + " is " + value + " and cannot be used: " + trouble)
        .contains(" (expected: ")
        .endsWith("; from environment variable " + variable);
  }

  private static void assertRefused(
      ConfiguredService service, Map<String, String> wrong, String line) throws Exception {
    assertThat(refusal(table(service), merged(service, wrong))).isEqualTo(line);
  }

  private static Map<String, String> merged(ConfiguredService service, Map<String, String> wrong) {
    Map<String, String> variables = new HashMap<>(secrets.variables(table(service)));
    variables.putAll(wrong);
    return variables;
  }

  /** The line that the process ended with. */
  private static String refusal(SettingsTable table, Map<String, String> variables)
      throws Exception {
    try (ServiceProcess process = new ServiceProcess(table.service(), folder, variables)) {
      int code = process.awaitEnd();
      String log = process.log();
      assertThat(code).as(log).isEqualTo(1);
      assertThat(log.lines().count()).as(log).isLessThan(MAX_LINES);
      assertThat(log).contains("APPLICATION FAILED TO START").doesNotContain(SECRET);
      return log.lines()
          .dropWhile(line -> !line.equals("Description:"))
          .skip(2)
          .findFirst()
          .orElse(log);
    }
  }

  private static SettingsTable table(ConfiguredService service) {
    return TABLES.stream().filter(table -> table.service() == service).findFirst().orElseThrow();
  }

  private static Path missing() {
    return folder.resolve("not-there");
  }

  private static String malformed(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "malformed", ""), content).toString();
  }
}
