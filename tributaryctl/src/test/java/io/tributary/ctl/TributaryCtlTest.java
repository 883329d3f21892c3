package io.tributary.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TributaryCtlTest {
  private static final List<String> COMMANDS =
      List.of(
          "titles list",
          "titles show",
          "titles set",
          "titles purge",
          "accounts list",
          "accounts show",
          "accounts put",
          "accounts delete",
          "accounts grant",
          "accounts revoke",
          "nodes list",
          "nodes show",
          "nodes drain",
          "nodes undrain",
          "nodes revoke",
          "routes show",
          "sites list",
          "sites show",
          "sites put",
          "networks list",
          "networks show",
          "networks put",
          "packages list",
          "packages show",
          "purges list",
          "purges show",
          "purges lift",
          "enrolment-tokens create",
          "ingests create",
          "ingests show",
          "keys make",
          "keys list",
          "keys create",
          "keys set",
          "keys delete",
          "bearer-tokens create");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  static Stream<String> commands() {
    return COMMANDS.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void givenAnyCommand_whenHelpIsAsked_thenItIsShownWithoutDoorOrToken(String command) {
    String[] words = (command + " --help").split(" ", -1);

    assertEquals(0, run(words));
    assertThat(out.toString()).contains("tributaryctl " + command).contains("--json");
    assertEquals("", err.toString());
  }

  @Test
  void givenANounAlone_whenRun_thenNoCommand() {
    assertEquals(2, run("titles"));
    assertEquals(
        """
        tributaryctl: what to do is missing (expected: a VERB)
        See 'tributaryctl titles --help'.
        """,
        err.toString());
  }

  @Test
  void givenNoDoor_whenRun_thenNoCommandAndTheOptionIsNamed() {
    assertEquals(2, run("nodes", "list", "--json"));
    assertThat(err.toString()).contains("--url URL or TRIBUTARY_ADMIN_URL");
    assertEquals("", out.toString());
  }

  @Test
  void givenNoFileOfPrefixes_whenANetworkIsPut_thenNoCommandAndTheOptionIsNamed() {
    assertEquals(2, run("networks", "put", "uni", "--prefixes-file", "/nowhere"));
    assertEquals(
        """
        tributaryctl: --prefixes-file is /nowhere (expected: a text file that can be read)
        See 'tributaryctl networks --help'.
        """,
        err.toString());
  }

  @Test
  void givenCoordinatesThatAreNoNumbers_whenASiteIsPut_thenNoCommandAndTheOptionIsNamed() {
    assertEquals(2, run("sites", "put", "campus", "--network", "uni", "--latitude", "52N"));
    assertThat(err.toString()).contains("--latitude").contains("52N");
  }

  @Test
  void givenNoToken_whenRun_thenNoCommandAndTheOptionIsNamed() {
    assertEquals(2, run("nodes", "list", "--url", "http://127.0.0.1:1"));
    assertThat(err.toString()).contains("--token-file FILE or TRIBUTARY_ADMIN_TOKEN");
  }

  @Test
  void givenADoorThatIsNoUrl_whenRun_thenNoCommand() {
    assertEquals(
        2,
        TributaryCtl.run(
            Map.of("TRIBUTARY_ADMIN_URL", "ftp://x", "TRIBUTARY_ADMIN_TOKEN", "t"),
            new PrintWriter(out),
            new PrintWriter(err),
            "nodes",
            "list"));
    assertThat(err.toString()).contains("url is ftp://x (expected: http or https");
  }

  @Test
  void givenMadeKeys_whenATokenIsAsked_thenItIsTheirIssuersAndNothingElseIsPrinted(
      @TempDir Path folder) throws Exception {
    assertEquals(0, run("keys", "make", folder.toString(), "--node-door", "node-door"));
    out.getBuffer().setLength(0);
    String key = folder.resolve("issuer/issuer.jwk").toString();
    assertEquals(
        0, run("bearer-tokens", "create", "demo", "--key-file", key, "--role", "operator"));

    SignedJWT token = SignedJWT.parse(out.toString().strip());

    var keys = JWKSet.load(folder.resolve("issuer-public/issuer-public.jwks").toFile()).getKeys();
    assertThat(token.verify(new ECDSAVerifier(keys.getFirst().toECKey()))).isTrue();
    assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("operator");
  }

  @Test
  void givenMadeKeys_whenOneRotates_thenWhatSignsIsListedFirst(@TempDir Path folder) {
    String in = folder.toString();
    assertEquals(0, run("keys", "make", in));
    String old = firstIn(said("keys", "list", in));
    String fresh = said("keys", "create", in).strip();
    assertEquals(old, firstIn(said("keys", "list", in)));

    assertEquals(fresh, firstIn(said("keys", "set", in, fresh)));
    assertEquals(1, run("keys", "delete", in, fresh));
    assertThat(err.toString()).contains("key " + fresh + " signs (expected: one that only");
    assertThat(said("keys", "delete", in, old)).contains(fresh).doesNotContain(old);
  }

  @Test
  void givenNoKeys_whenTheyAreListed_thenRefusedWithTheNextStep(@TempDir Path folder) {
    assertEquals(1, run("keys", "list", folder.toString()));
    assertThat(err.toString()).contains("there are no keys in").contains("keys make FOLDER");
  }

  private String said(String... arguments) {
    out.getBuffer().setLength(0);
    assertEquals(0, run(arguments), err::toString);
    return out.toString();
  }

  /** Below the table's header. */
  private static String firstIn(String table) {
    return table.lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
  }

  @Test
  void givenNoKey_whenATokenIsAsked_thenRefusedWithTheNextStep() {
    assertEquals(1, run("bearer-tokens", "create", "demo", "--key-file", "/nowhere"));
    assertThat(err.toString())
        .contains("--key-file is /nowhere (expected: a private JWK that can be read)")
        .contains("tributaryctl keys make");
  }

  private int run(String... arguments) {
    assertThat(Arrays.asList(arguments)).isNotEmpty();
    return TributaryCtl.run(Map.of(), new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
