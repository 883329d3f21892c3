package io.tributary.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.contracts.admin.Ingest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line over a real socket, against a door that answers as it is told. */
class TributaryCtlIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final ByteArrayOutputStream uploaded = new ByteArrayOutputStream();
  private HttpServer door = newDoor();
  private int failuresLeft;

  @TempDir Path directory;

  private record Answer(int status, String body) {}

  private record Ran(int status, String out, String err) {}

  @BeforeEach
  void open() {
    door.createContext("/admin/v1", this::answer);
    door.start();
  }

  @AfterEach
  void close() {
    door.stop(0);
  }

  @Test
  void givenPages_whenTitlesAreListed_thenAllOfThemAreOneJsonObject() {
    answers.put(
        "GET /admin/v1/titles",
        new Answer(
            200,
            """
            {"titles":[{"id":"a","name":"A","durationMillis":60000,"playable":true,
             "currentPackage":"p1","isPublic":false}],"nextCursor":"x y"}\
            """));
    answers.put(
        "GET /admin/v1/titles?cursor=x+y",
        new Answer(
            200,
            """
            {"titles":[{"id":"b","name":"B","durationMillis":0,"playable":false,
             "currentPackage":null,"isPublic":true}],"nextCursor":null,"later":1}\
            """));

    Ran ran = run("titles", "list", "--json");

    assertEquals(0, ran.status(), ran.err());
    assertEquals(1, ran.out().lines().count());
    JsonNode titles = JSON.readTree(ran.out()).path("titles");
    assertEquals("a", titles.path(0).path("id").asString());
    assertEquals("b", titles.path(1).path("id").asString());
    assertEquals("", ran.err());
  }

  @Test
  void givenAFile_whenATokenIsMade_thenItIsInTheFileForItsOwnerAloneAndShownNowhere(
      @TempDir Path folder) throws Exception {
    answers.put(
        "POST /admin/v1/enrolment-tokens",
        new Answer(
            201,
            """
            {"token":"secret-1","nodeId":"n1","siteId":"s1","expiresAt":"2026-11-26T00:00:00Z"}\
            """));
    Path file = folder.resolve("n1.enrolment-token");

    Ran ran = run("enrolment-tokens", "create", "n1", "--site", "s1", "--out", file.toString());

    assertEquals(0, ran.status(), ran.err());
    assertEquals("secret-1", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertThat(ran.out() + ran.err()).doesNotContain("secret-1").contains(file.toString());
  }

  @Test
  void givenAFullFleet_whenWhatIfIsAsked_thenTheExternalCdnIsToldFromOwnNodes() {
    answers.put(
        "GET /admin/v1/what-if?titleId=tears&packageVersion=p1&clientAddress=192.0.2.7",
        new Answer(
            200,
            """
            {"decisionId":"d-1","policyVersion":4,"playbackId":"what-if","titleId":"tears",
             "packageVersion":"p1","clientAddress":"192.0.2.0/24","snapshotVersion":1,
             "snapshotAgeMillis":5,"maxNodes":8,"order":["n1"],"candidates":[
             {"nodeId":"cdn","siteId":"cdn","exclusion":"over-cap","facts":{"holds":true,"tier":0,
              "addressed":true,"egressCapacityBitsPerSecond":2000000000,"egressBitsPerSecond":0,
              "reservedBitsPerSecond":1999000000,"penalty":0,"kind":"external"}},
             {"nodeId":"n1","siteId":"s1","scores":{"full":1},"facts":{"tier":2,"holds":true,
              "addressed":true,"egressCapacityBitsPerSecond":1,"egressBitsPerSecond":1}}]}\
            """));

    Ran ran = run("decisions", "what-if", "tears/p1", "--address", "192.0.2.7");

    assertEquals(0, ran.status(), ran.err());
    assertThat(ran.out())
        .containsPattern("n1 +at s1, tier 2, full 1")
        .containsPattern("cdn +external CDN, 1999 of 2000 Mbit/s sent there, excluded: over-cap");
  }

  @Test
  void givenNodes_whenListed_thenATableLinesUp() {
    answers.put(
        "GET /admin/v1/nodes",
        new Answer(
            200,
            """
            {"nodes":[{"id":"n1","siteId":"s1","baseUrl":"http://127.0.0.1:1","state":"healthy",
             "reason":"heard","packagesPlanned":2,"packagesHeld":1,"contentVersionPlanned":3,
             "contentVersionConfirmed":2,"lastHeartbeatAt":null}]}\
            """));

    Ran ran = run("nodes", "list");

    assertThat(ran.out())
        .isEqualTo(
            """
            ID  SITE  STATE    HELD  PLANNED  URL                 REASON
            n1  s1    healthy  1     2        http://127.0.0.1:1  heard
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "drain, PUT /admin/v1/nodes/n1/drain",
    "undrain, DELETE /admin/v1/nodes/n1/drain",
    "revoke, PUT /admin/v1/nodes/n1/revocation"
  })
  void givenANode_whenItIsSetAsideOrTakenBack_thenTheDoorIsToldAndTheNodeShown(
      String verb, String request) {
    answers.put(request, new Answer(204, ""));
    answers.put(
        "GET /admin/v1/nodes/n1",
        new Answer(
            200,
            """
            {"id":"n1","siteId":"s1","baseUrl":null,"state":"healthy","reason":"heard",
             "packagesPlanned":2,"packagesHeld":1,"contentVersionPlanned":3,
             "contentVersionConfirmed":2,"lastHeartbeatAt":null}\
            """));

    Ran ran = run("nodes", verb, "n1", "--json");

    assertEquals(0, ran.status(), ran.err());
    assertThat(asked).containsExactly(request + " ", "GET /admin/v1/nodes/n1 ");
    assertEquals("n1", JSON.readTree(ran.out()).path("id").asString());
  }

  @Test
  void givenATitle_whenItIsPurgedAndThatIsLifted_thenEachSaysHowFarItIs() {
    String purge =
        """
        {"titleId":"tears","requestedAt":"2026-11-26T00:00:00Z","requestedBy":"ada","nodesLeft":1,
         "nodes":[{"nodeId":"n1","state":"gone","health":"healthy"},
                  {"nodeId":"n2","state":"untold","health":"unreachable"}]}\
        """;
    answers.put("PUT /admin/v1/purges/tears", new Answer(200, purge));
    answers.put("GET /admin/v1/purges/tears", new Answer(200, purge));
    answers.put("DELETE /admin/v1/purges/tears", new Answer(204, ""));
    answers.put("GET /admin/v1/purges", new Answer(200, "{\"purges\":[" + purge + "]}"));

    Ran purged = run("titles", "purge", "tears");

    assertEquals(0, purged.status(), purged.err());
    assertThat(asked).containsExactly("PUT /admin/v1/purges/tears ");
    assertThat(purged.out())
        .isEqualTo(
            """
            title         tears
            requested at  2026-11-26T00:00:00Z
            by            ada
            nodes left    1
            n1            gone (healthy)
            n2            untold (unreachable)
            """);
    assertEquals(purged, run("purges", "show", "tears"));
    Ran lifted = run("purges", "lift", "tears");
    assertEquals(
        """
        TITLE  NODES LEFT  REQUESTED AT          BY
        tears  1           2026-11-26T00:00:00Z  ada
        """,
        lifted.out());
    assertEquals(lifted, run("purges", "list"));
    assertThat(asked).contains("DELETE /admin/v1/purges/tears ");
  }

  @Test
  void givenAnAccount_whenATitleIsGranted_thenItKeepsWhatItHad() {
    answers.put(
        "GET /admin/v1/accounts/demo",
        new Answer(200, "{\"id\":\"demo\",\"entitlements\":[\"b\"]}"));
    answers.put("PUT /admin/v1/accounts/demo", new Answer(204, ""));

    Ran ran = run("accounts", "grant", "demo", "a", "--json");

    assertEquals("{\"id\":\"demo\",\"entitlements\":[\"a\",\"b\"]}", ran.out().strip());
    assertThat(asked).contains("PUT /admin/v1/accounts/demo {\"entitlements\":[\"a\",\"b\"]}");
  }

  @Test
  void givenPrefixesAsOptionsAndInAFile_whenANetworkIsPut_thenAllOfThemAreSentInTheirOrder()
      throws IOException {
    String network =
        """
        {"id":"uni","name":"Uni","asn":64500,
         "prefixes":["192.0.2.0/24","10.0.0.0/8","2001:db8::/32"],"originAsns":[64500,64501]}\
        """;
    answers.put("PUT /admin/v1/networks/uni", new Answer(200, network));
    answers.put("GET /admin/v1/networks/uni", new Answer(200, network));
    answers.put("GET /admin/v1/networks", new Answer(200, "{\"networks\":[" + network + "]}"));
    Path file =
        Files.writeString(
            directory.resolve("prefixes"),
            """
            # What the campus has.

              10.0.0.0/8
            2001:db8::/32 # since 2026
            """);

    Ran put =
        run(
            "networks",
            "put",
            "uni",
            "--name=Uni",
            "--asn=64500",
            "--prefix=192.0.2.0/24",
            "--prefixes-file=" + file,
            "--origin-asn=64500",
            "--origin-asn=64501");

    assertEquals(0, put.status(), put.err());
    assertThat(asked)
        .containsExactly(
            "PUT /admin/v1/networks/uni {\"name\":\"Uni\",\"asn\":64500,\"prefixes\":"
                + "[\"192.0.2.0/24\",\"10.0.0.0/8\",\"2001:db8::/32\"],"
                + "\"originAsns\":[64500,64501]}");
    assertThat(put.out())
        .isEqualTo(
            """
            id      uni
            asn     AS64500
            name    Uni
            prefix  192.0.2.0/24
            prefix  10.0.0.0/8
            prefix  2001:db8::/32
            origin  AS64500
            origin  AS64501
            """);
    assertEquals(put, run("networks", "show", "uni"));
    assertThat(run("networks", "list").out())
        .isEqualTo(
            """
            ID   ASN      PREFIXES  ORIGINS  NAME
            uni  AS64500  3         2        Uni
            """);
  }

  /** The verb replaces, so what nobody names is sent as nothing. */
  @Test
  void givenNothingButAnId_whenANetworkIsPut_thenItIsGrantedNothing() {
    answers.put(
        "PUT /admin/v1/networks/uni",
        new Answer(200, "{\"id\":\"uni\",\"name\":\"uni\",\"asn\":0}"));

    Ran ran = run("networks", "put", "uni", "--json");

    assertThat(asked)
        .containsExactly(
            "PUT /admin/v1/networks/uni"
                + " {\"name\":\"uni\",\"asn\":0,\"prefixes\":[],\"originAsns\":[]}");
    assertEquals(
        "{\"id\":\"uni\",\"name\":\"uni\",\"asn\":0,\"prefixes\":[],\"originAsns\":[]}",
        ran.out().strip());
  }

  @Test
  void givenCoordinates_whenASiteIsPut_thenTheyAreSentAndShown() {
    String site =
        """
        {"id":"campus","networkId":"uni","name":"campus","latitude":-33.8568,"longitude":151.2}\
        """;
    answers.put("PUT /admin/v1/sites/campus", new Answer(200, site));
    answers.put("GET /admin/v1/sites/campus", new Answer(200, site));
    answers.put(
        "GET /admin/v1/sites",
        new Answer(
            200,
            "{\"sites\":["
                + site
                + ",{\"id\":\"old\",\"networkId\":\"uni\",\"name\":\"Old place\"}]}"));

    Ran put =
        run(
            "sites",
            "put",
            "campus",
            "--network",
            "uni",
            "--latitude",
            "-33.8568",
            "--longitude",
            "151.2");

    assertEquals(0, put.status(), put.err());
    assertThat(asked)
        .containsExactly(
            "PUT /admin/v1/sites/campus {\"networkId\":\"uni\",\"name\":\"campus\","
                + "\"latitude\":-33.8568,\"longitude\":151.2}");
    assertThat(put.out())
        .isEqualTo(
            """
            id         campus
            network    uni
            name       campus
            latitude   -33.8568
            longitude  151.2
            """);
    assertEquals(put, run("sites", "show", "campus"));
    assertThat(run("sites", "list").out())
        .isEqualTo(
            """
            ID      NETWORK  LATITUDE  LONGITUDE  NAME
            campus  uni      -33.8568  151.2      campus
            old     uni      -         -          Old place
            """);
  }

  @Test
  void routesAreShownWithTheReasonsOfThoseThatDoNotCount() {
    answers.put(
        "GET /admin/v1/sites/campus/routes",
        new Answer(
            200,
            """
            {"siteId":"campus","nodes":[{"nodeId":"n1","routesVersion":5,\
            "receivedAt":"2026-01-01T00:00:00Z",\
            "accepted":[{"prefix":"80.64.0.0/12","asPath":[64500,3320],"med":10}],\
            "refused":3,"refusals":[{"prefix":"0.0.0.0/0","reason":"it is the default route"}],\
            "problem":"too many"}]}\
            """));

    assertThat(run("routes", "show", "campus").out())
        .isEqualTo(
            """
            NODE  PREFIX        STATE     MED  AS-PATH     REASON
            n1    -             kept      -    -           too many
            n1    0.0.0.0/0     refused   -    -           it is the default route
            n1    -             refused   -    -           2 more
            n1    80.64.0.0/12  accepted  10   64500 3320  -
            """);
  }

  @Test
  void givenARefusal_whenAnythingIsAsked_thenItsDetailAndANextStepOnStandardError() {
    answers.put(
        "GET /admin/v1/titles/x",
        new Answer(
            404,
            """
            {"type":"urn:tributary:problem:not-found","title":"Not found","status":404,
             "detail":"title is x (expected: a known one)","retryable":false}\
            """));

    Ran ran = run("titles", "show", "x", "--json");

    assertEquals(new Ran(1, "", ran.err()), ran);
    assertThat(ran.err())
        .isEqualTo(
            """
            tributaryctl: title is x (expected: a known one)
            The noun's verb 'list' shows what there is.
            """);
  }

  @Test
  void givenAProxysPage_whenAnythingIsAsked_thenTheStatusIsTold() {
    answers.put("GET /admin/v1/nodes/n1", new Answer(502, "<html>"));

    AdminException refusal = assertThrows(AdminException.class, () -> client().node("n1"));

    assertEquals(502, refusal.status());
    assertEquals("about:blank", refusal.type());
    assertTrue(refusal.isRetryable());
  }

  @Test
  void givenNoDoor_whenAnythingIsAsked_thenNoAnswer() {
    door.stop(0);

    AdminException refusal = assertThrows(AdminException.class, () -> client().nodes());

    assertEquals(AdminException.NO_ANSWER, refusal.type());
    assertEquals(0, refusal.status());
    door = newDoor();
  }

  @Test
  void givenAFileOfThreeParts_whenIngestedWhileTheDoorFailsOnce_thenEveryByteArrivesInOrder()
      throws IOException {
    byte[] bytes = new byte[2_500];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(directory.resolve("clip.mp4"), bytes);
    String ingest =
        """
        {"ingestId":"i1","titleId":"clip","state":"uploading","partBytes":1000,"progress":0,
         "packageVersion":null,"failure":null}\
        """;
    answers.put("POST /admin/v1/ingests", new Answer(201, ingest));
    for (int part = 1; part <= 3; part++) {
      answers.put("PUT /admin/v1/ingests/i1/parts/" + part, new Answer(204, ""));
    }
    answers.put(
        "POST /admin/v1/ingests/i1/complete",
        new Answer(202, ingest.replace("uploading", "queued")));
    failuresLeft = 1;
    List<Long> progress = new ArrayList<>();

    Ingest queued =
        new SourceUpload(client()).upload("clip", null, file, (sent, total) -> progress.add(sent));

    assertThat(uploaded.toByteArray()).isEqualTo(bytes);
    assertEquals(List.of(1_000L, 2_000L, 2_500L), progress);
    assertEquals("i1", queued.ingestId());
  }

  @Test
  void givenAFailedIngest_whenShown_thenItIsRefusedWithTheReason() {
    answers.put(
        "GET /admin/v1/ingests/i1",
        new Answer(
            200,
            """
            {"ingestId":"i1","titleId":"clip","state":"failed","partBytes":1000,"progress":0.5,
             "packageVersion":null,"failure":"no video stream"}\
            """));

    Ran ran = run("ingests", "show", "i1");

    assertEquals(1, ran.status());
    assertThat(ran.err()).contains("the ingest failed: no video stream");
  }

  @Test
  void givenADoorThatFailsForAWhile_whenAnIngestIsAwaited_thenItsEndIsHeard() {
    answers.put(
        "GET /admin/v1/ingests/i1",
        new Answer(
            200,
            """
            {"ingestId":"i1","titleId":"clip","state":"published","partBytes":1000,"progress":1,
             "packageVersion":"p1","failure":null}\
            """));
    failuresLeft = 2;

    Ingest end = new SourceUpload(client()).awaitEnd("i1", Duration.ofMillis(1), heard -> {});

    assertEquals("p1", end.packageVersion());
    assertEquals(0, failuresLeft);
  }

  private Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        TributaryCtl.run(
            Map.of("TRIBUTARY_ADMIN_URL", url().toString(), "TRIBUTARY_ADMIN_TOKEN", "secret"),
            new PrintWriter(out),
            new PrintWriter(err),
            arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  private AdminClient client() {
    return new AdminClient(url(), "secret");
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + door.getAddress().getPort() + "/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer = answers.getOrDefault(what, new Answer(500, "{}"));
      if (!"Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer = new Answer(401, "{}");
      } else if (failuresLeft > 0 && !what.startsWith("POST")) {
        failuresLeft--;
        answer = new Answer(503, "{}");
      } else if (what.contains("/parts/")) {
        uploaded.write(body);
      } else {
        asked.add(what + " " + new String(body, StandardCharsets.UTF_8));
      }
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static HttpServer newDoor() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
