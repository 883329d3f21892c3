package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.api.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Nobody is let in who should not be, and everybody refused is told why, always in the one form.
 */
@ExtendWith(FleetExtension.class)
class RefusalsE2E {
  private static final String TITLE = Fleet.DEMO_TITLE;
  private static final String OTHER_TITLE = "demo-waves";

  private static Fleet fleet;
  private static URI playbacks;
  private static String token;

  /** A segment that the demo account may fetch, as its play names it. */
  private static URI segment;

  @TempDir Path folder;

  @BeforeAll
  static void startAPlay(Fleet running) {
    fleet = running;
    playbacks = fleet.gateway().resolve("/api/v1/playbacks");
    token = fleet.token("demo");
    segment = firstSegmentOf(TITLE);
    assertThat(fleet.get(segment, null).statusCode()).isEqualTo(200);
  }

  // ---- the public door

  @Test
  void no_token() {
    assertProblem(fleet.askToPlay(null, TITLE), ProblemType.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-a-token", "a.b.c", ""})
  void a_token_that_is_none(String forged) {
    assertProblem(fleet.askToPlay(forged, TITLE), ProblemType.UNAUTHENTICATED);
  }

  @Test
  void a_foreign_token() {
    assertProblem(
        fleet.askToPlay(ForeignTokens.signedByNobodyWeKnow(token), TITLE),
        ProblemType.UNAUTHENTICATED);
  }

  @Test
  void a_token_whose_signature_was_taken_off() {
    assertProblem(
        fleet.askToPlay(ForeignTokens.unsigned(token), TITLE), ProblemType.UNAUTHENTICATED);
  }

  @Test
  void an_account_without_the_entitlement() {
    assertProblem(fleet.askToPlay(fleet.token("guest"), TITLE), ProblemType.NOT_ENTITLED);
  }

  @Test
  void an_account_that_nobody_made() {
    assertProblem(fleet.askToPlay(fleet.token("stranger"), TITLE), ProblemType.UNKNOWN_ACCOUNT);
  }

  @Test
  void an_unknown_title() {
    assertProblem(fleet.askToPlay(token, "no-such-title"), ProblemType.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"titleId\":", "nonsense"})
  void a_malformed_body(String body) {
    assertProblem(fleet.post(playbacks, token, body), ProblemType.MALFORMED);
  }

  @Test
  void a_title_that_is_no_id_names_field_value_and_expectation() {
    HttpResponse<String> answer = fleet.post(playbacks, token, "{\"titleId\":\"../etc\"}");
    assertProblem(answer, ProblemType.INVALID);
    assertThat(Fleet.read(answer.body()).get("detail").asString())
        .contains("titleId", "../etc", "expected");
  }

  @Test
  void a_body_too_large() {
    String body = "{\"titleId\":\"" + "x".repeat(1_000_000) + "\"}";
    assertProblem(fleet.post(playbacks, token, body), ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void a_path_that_is_none() {
    assertProblem(
        fleet.get(fleet.gateway().resolve("/api/v1/nothing"), token), ProblemType.NOT_FOUND);
  }

  @Test
  void the_admin_door_is_not_the_public_one() {
    assertProblem(
        fleet.get(fleet.gateway().resolve("/admin/v1/nodes"), token), ProblemType.NOT_FOUND);
  }

  @Test
  void what_services_ask_steering_is_not_at_the_players_door() {
    assertProblem(
        fleet.get(fleet.host().steeringFace().resolve("/internal/v1/rankings"), null),
        ProblemType.NOT_FOUND);
  }

  // ---- media

  @Test
  void a_segment_without_a_token() {
    String path = segment.getPath().replaceFirst("^/t/[^/]+", "");
    assertRefused(path, ProblemType.NOT_FOUND);
    assertRefused("/t/" + path, ProblemType.UNAUTHENTICATED);
  }

  @Test
  void a_segment_of_another_title() {
    String mediaToken = mediaToken(segment);
    String otherPath =
        firstSegmentOf(OTHER_TITLE).getPath().replaceFirst("^/t/[^/]+", "/t/" + mediaToken);
    assertRefused(otherPath, ProblemType.FORBIDDEN);
  }

  @Test
  void a_forged_media_token() {
    String mediaToken = mediaToken(segment);
    int middle = mediaToken.length() / 2;
    char flipped = mediaToken.charAt(middle) == 'A' ? 'B' : 'A';
    assertTokenRefused(
        mediaToken.substring(0, middle) + flipped + mediaToken.substring(middle + 1));
    assertTokenRefused(mediaToken.substring(0, middle));
    assertTokenRefused("A".repeat(mediaToken.length()));
  }

  @Test
  void an_expired_media_token() {
    assertTokenRefused(ForeignTokens.expiredMediaToken(fleet, segment));
  }

  @Test
  void a_play_token_is_no_media_token() {
    assertTokenRefused(
        URI.create(fleet.play(TITLE).get("manifests").get("hls").asString())
            .getPath()
            .split("/", -1)[4]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../../../etc/passwd",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "%252e%252e/%252e%252e/etc/passwd",
        "..\\..\\..\\..\\etc\\passwd",
        "..%5c..%5c..%5cetc%5cpasswd",
        "....//....//etc/passwd",
        "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
        "00001.m4s%00.mp4",
        "/etc/passwd",
        "manifest.json/../../x",
      })
  void a_way_out_of_the_store(String wayOut) {
    String folder = segment.getPath().substring(0, segment.getPath().lastIndexOf('/') + 1);
    assertRefused(folder + wayOut, ProblemType.MALFORMED);
  }

  @Test
  void a_file_that_the_package_has_not() {
    String folder = segment.getPath().substring(0, segment.getPath().lastIndexOf('/') + 1);
    assertRefused(folder + "passwd", ProblemType.NOT_FOUND);
  }

  /** By RFC 9110: what is no range is ignored, one without a byte of the file is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "bytes=99999999999999999999999999999- 416",
        "bytes=9223372036854775807-9223372036854775807 416",
        "bytes=-0 416",
        "bytes=0-99999999999999999999999999999 206",
        "bytes=-99999999999999999999 206",
        "bytes=5-2 200",
        "bytes=- 200",
        "bytes=a-b 200",
        "bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,10-10,11-11,12-12,13-13 200",
        "lines=1-2 200",
      })
  void an_absurd_range_harms_nobody(String range, int status) {
    String answer = raw("GET", segment.getPath(), List.of("Range: " + range));
    assertThat(status(answer)).as(range).isEqualTo(status);
    if (status == 416) {
      assertProblem(answer, 416, ProblemType.INVALID);
    }
    assertThat(fleet.get(segment, null).statusCode()).isEqualTo(200);
  }

  @Test
  void a_range_behind_the_end_is_416_and_tells_the_size() {
    String answer = raw("GET", segment.getPath(), List.of("Range: bytes=999999999-"));
    assertProblem(answer, 416, ProblemType.INVALID);
    assertThat(answer).containsIgnoringCase("content-range: bytes */");
  }

  // ---- the node door

  @Test
  void a_node_without_a_certificate() {
    assertProblem(askNodeDoor(), ProblemType.UNAUTHENTICATED);
  }

  @Test
  void a_node_with_a_foreign_certificate() {
    Fleet.run(
        folder,
        Duration.ofSeconds(20),
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/OU=site-a/CN=oca-node-1",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem"));
    assertProblem(askNodeDoorAs("cert.pem", "key.pem"), ProblemType.UNAUTHENTICATED);
  }

  /** The same question, so that the refusals are seen to be for the certificate's sake. */
  @Test
  void a_node_with_its_own_certificate_is_let_in() throws IOException {
    JsonNode identity = Fleet.read(Files.readString(FleetFiles.identity(fleet, "oca-node-1")));
    Files.writeString(folder.resolve("own-cert.pem"), identity.get("certificateChain").asString());
    Files.writeString(
        folder.resolve("own-key.pem"),
        // In two pieces: whole, it looks like a key that somebody committed.
        "-----BEGIN "
            + "PRIVATE KEY-----\n"
            + identity.get("key").get("privateKey").asString()
            + "\n-----END PRIVATE KEY-----\n");

    assertThat(status(askNodeDoorAs("own-cert.pem", "own-key.pem"))).isEqualTo(200);
  }

  // ---- how it is asked

  private String askNodeDoorAs(String certificate, String key) {
    return askNodeDoor(
        "--cert", folder.resolve(certificate).toString(), "--key", folder.resolve(key).toString());
  }

  /** The answer's head and body; fails if there is none, or not from the fleet's own door. */
  private String askNodeDoor(String... more) {
    List<String> command = new ArrayList<>(List.of("curl", "-si", "--http1.1"));
    command.addAll(List.of("--cacert", FleetFiles.authorityCertificate(fleet).toString()));
    command.addAll(List.of(more));
    command.add(fleet.host().nodeDoor() + "/oca/v1/config");
    return Fleet.run(folder, Duration.ofSeconds(20), command);
  }

  private static String mediaToken(URI segment) {
    return segment.getPath().split("/", -1)[2];
  }

  private static URI firstSegmentOf(String title) {
    JsonNode manifest = fleet.manifest(fleet.play(title));
    String base = manifest.get("pathways").get(0).get("baseUrl").asString();
    return URI.create(base + Fleet.segment(manifest, 0));
  }

  private static void assertTokenRefused(String mediaToken) {
    assertRefused(
        segment.getPath().replace(mediaToken(segment), mediaToken), ProblemType.UNAUTHENTICATED);
  }

  private static void assertRefused(String path, ProblemType type) {
    assertProblem(raw("GET", path, List.of()), type);
  }

  private static void assertProblem(String answer, ProblemType type) {
    assertProblem(answer, type.status(), type);
  }

  private static void assertProblem(String answer, int status, ProblemType type) {
    int blank = answer.indexOf("\r\n\r\n");
    assertProblem(
        status(answer),
        answer
            .substring(0, blank)
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(""),
        answer.substring(blank).strip(),
        status,
        type);
  }

  private static void assertProblem(HttpResponse<String> answer, ProblemType type) {
    assertProblem(
        answer.statusCode(),
        answer.headers().firstValue("Content-Type").orElse(""),
        answer.body(),
        type.status(),
        type);
  }

  private static void assertProblem(
      int status, String contentType, String body, int expectedStatus, ProblemType type) {
    assertThat(status).as(body).isEqualTo(expectedStatus);
    assertThat(contentType).startsWith("application/problem+json");
    JsonNode problem = Fleet.read(body);
    assertThat(problem.get("type").asString()).isEqualTo(type.uri().toString());
    assertThat(problem.get("status").asInt()).isEqualTo(expectedStatus);
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  /** Asks the segment's node with exactly these bytes: no client library tidies the path. */
  private static String raw(String method, String path, List<String> headers) {
    try (Socket socket = new Socket(segment.getHost(), segment.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: node\r\nConnection: close\r\n"
              + String.join("", headers.stream().map(header -> header + "\r\n").toList())
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
