package io.tributary.oca.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.tributary.oca.serve.RawClient.Answer;
import io.tributary.oca.serve.ServeCounters.Outcome;
import io.tributary.oca.store.Corruption;
import io.tributary.oca.store.LocalDisk;
import io.tributary.oca.store.Lookup;
import io.tributary.oca.store.PackageManifests;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.SamplePackage;
import io.tributary.oca.store.StoreConfig;
import io.tributary.token.KeySet;
import io.tributary.token.MediaGrant;
import io.tributary.token.MediaTokenSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The media door over real sockets, on a real disk. */
class MediaServerIT {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String PATH = "film/p1/v720/00001.m4s";
  private static final String LARGE = "film/p1/v720/00002.m4s";
  private static final int SIZE = 10_000;
  private static final int LARGE_SIZE = 48 << 20;

  private final Path directory;
  private final SamplePackage film = new SamplePackage("film", 700, SIZE, LARGE_SIZE);
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InstantSource clock = now::get;
  private final KeySet keys = newKeys();
  private final String token = token("/film/p1/", "play-1", keys);
  private final List<Corruption> reported = new ArrayList<>();
  private final ServeCounters counters = new ServeCounters();
  private final MediaRights rights = new MediaRights(clock);
  private final StoreConfig storeConfig;
  private final PackageStore store;
  private MediaServer server;

  MediaServerIT(@TempDir Path directory) throws Exception {
    this.directory = directory;
    storeConfig = new StoreConfig(directory, 1L << 30, Duration.ZERO, 16, Duration.ofMinutes(1));
    store =
        new PackageStore(
            storeConfig,
            new LocalDisk(),
            new PackageManifests(JsonMapper.builder().build()),
            clock);
    store.onCorruption(reported::add);
    store.open();
    film.install(store);
    rights.keys(keys.publicOnly());
    server = started(Duration.ofSeconds(20), 100);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private MediaServer started(Duration patience, int maxConnections) throws IOException {
    MediaServer fresh =
        new MediaServer(
            new ServeConfig(
                "127.0.0.1", 0, 1, maxConnections, patience, patience, Duration.ofMillis(200)),
            storeConfig,
            "node-1",
            store,
            rights,
            counters,
            Duration.ofMinutes(1),
            clock);
    fresh.start();
    return fresh;
  }

  private void restart(Duration patience, int maxConnections) throws IOException {
    server.close();
    server = started(patience, maxConnections);
  }

  private RawClient client() throws IOException {
    return new RawClient(server.port());
  }

  private Answer get(String pathBelowToken, String... headers) throws IOException {
    try (RawClient client = client()) {
      return client.get("/t/" + token + "/" + pathBelowToken, headers);
    }
  }

  private byte[] segment() {
    return film.bytes("v720/00001.m4s");
  }

  private String etag() {
    return "\"" + film.packageFiles().get(1).sha256() + "\"";
  }

  @Test
  void aSegmentComesWholeWithWhatCachesAndPagesNeed() throws Exception {
    Answer answer = get(PATH, "Origin: http://page");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(segment());
    assertThat(answer.headers())
        .containsEntry("content-length", "10000")
        .containsEntry("content-type", "video/mp4")
        .containsEntry("etag", etag())
        .containsEntry("accept-ranges", "bytes")
        .containsEntry("cache-control", "public, max-age=31536000, immutable")
        .containsEntry("cache-status", "\"node-1\"; hit")
        .containsEntry("access-control-allow-origin", "*")
        .containsEntry("timing-allow-origin", "*")
        .containsEntry("date", "Mon, 23 Nov 2026 12:00:00 GMT")
        .containsKey("last-modified");
    assertThat(answer.header("access-control-expose-headers"))
        .contains("Cache-Status", "Content-Length", "Content-Range", "ETag");
  }

  @Test
  void aPlaylistComesWholeAsOne() throws Exception {
    Answer answer = get("film/p1/" + SamplePackage.PLAYLIST, "Origin: http://page");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(film.bytes(SamplePackage.PLAYLIST));
    assertThat(answer.headers())
        .containsEntry("content-type", "application/vnd.apple.mpegurl")
        .containsEntry("cache-control", "public, max-age=31536000, immutable")
        .containsEntry("access-control-allow-origin", "*");
  }

  @Nested
  class Ranges {
    @ParameterizedTest
    @CsvSource({
      "0-499, 0, 500",
      "9500-, 9500, 10000",
      "-500, 9500, 10000",
      "0-0, 0, 1",
      "9999-20000, 9999, 10000",
      "-20000, 0, 10000"
    })
    void oneRangeIsExact(String range, int from, int to) throws Exception {
      Answer answer = get(PATH, "Range: bytes=" + range);

      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.header("content-range"))
          .isEqualTo("bytes " + from + "-" + (to - 1) + "/10000");
      assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(segment(), from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000-", "99999999999999999999-", "-0"})
    void aRangeOutsideIsRefusedWithTheSize(String range) throws Exception {
      Answer answer = get(PATH, "Range: bytes=" + range);

      assertThat(answer.status()).isEqualTo(416);
      assertThat(answer.header("content-range")).isEqualTo("bytes */10000");
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "bytes=9-1", "lines=1-2", "nonsense"})
    void severalRangesOrNoneThatIsValidGiveTheWholeFile(String range) throws Exception {
      Answer answer = get(PATH, "Range: " + range);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(segment());
    }

    @Test
    void ifRangeTakesThePartOfThisFileOnly() throws Exception {
      String lastModified = String.valueOf(get(PATH).header("last-modified"));

      assertThat(get(PATH, "Range: bytes=0-1", "If-Range: " + etag()).status()).isEqualTo(206);
      assertThat(get(PATH, "Range: bytes=0-1", "If-Range: " + lastModified).status())
          .isEqualTo(206);
      assertThat(get(PATH, "Range: bytes=0-1", "If-Range: \"other\"").status()).isEqualTo(200);
      assertThat(get(PATH, "Range: bytes=0-1", "If-Range: W/" + etag()).status()).isEqualTo(200);
      assertThat(get(PATH, "Range: bytes=0-1", "If-Range: Mon, 23 Nov 1998 12:00:00 GMT").status())
          .isEqualTo(200);
    }
  }

  @Nested
  class Conditions {
    @Test
    void aFileThatTheClientHasIsNotSentAgain() throws Exception {
      String lastModified = String.valueOf(get(PATH).header("last-modified"));

      for (String condition :
          List.of(
              "If-None-Match: " + etag(),
              "If-None-Match: \"x\", W/" + etag(),
              "If-None-Match: *",
              "If-Modified-Since: " + lastModified)) {
        Answer answer = get(PATH, condition);
        assertThat(answer.status()).as(condition).isEqualTo(304);
        assertThat(answer.header("etag")).isEqualTo(etag());
      }
    }

    @Test
    void anotherFileIs() throws Exception {
      assertThat(get(PATH, "If-None-Match: \"x\"").status()).isEqualTo(200);
      assertThat(
              get(PATH, "If-None-Match: \"x\"", "If-Modified-Since: Mon, 23 Nov 2099 12:00:00 GMT")
                  .status())
          .isEqualTo(200);
      assertThat(get(PATH, "If-Modified-Since: yesterday").status()).isEqualTo(200);
    }

    @Test
    void aConditionThatFailsIsSaidSo() throws Exception {
      assertThat(get(PATH, "If-Match: \"x\"").status()).isEqualTo(412);
      assertThat(get(PATH, "If-Match: " + etag()).status()).isEqualTo(200);
    }
  }

  @Nested
  class OnOneConnection {
    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
      String base = "/t/" + token + "/" + PATH;
      try (RawClient client = client()) {
        client.send(
            RawClient.request("GET", base, "Range: bytes=0-9")
                + RawClient.request("HEAD", base)
                + RawClient.request("GET", base + "x")
                + RawClient.request("GET", base, "Range: bytes=10-19")
                + RawClient.request("GET", "/healthz", "Connection: close"));

        assertThat(client.read(true).body()).isEqualTo(Arrays.copyOf(segment(), 10));
        assertThat(client.read(false).header("content-length")).isEqualTo("10000");
        assertThat(client.read(true).status()).isEqualTo(404);
        assertThat(client.read(true).body()).isEqualTo(Arrays.copyOfRange(segment(), 10, 20));
        Answer last = client.read(true);
        assertThat(last.text()).isEqualTo("ok\n");
        assertThat(last.header("tributary-node")).isEqualTo("node-1");
        assertThat(last.header("connection")).isEqualTo("close");
        assertThat(client.isAtEnd()).isTrue();
      }
    }

    @Test
    void aHeadHasTheHeadersOfAGetAndKnowsNoRange() throws Exception {
      try (RawClient client = client()) {
        Answer head = client.ask("HEAD", "/t/" + token + "/" + PATH, "Range: bytes=0-1");
        Answer get = client.get("/t/" + token + "/" + PATH);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).isEqualTo(get.headers());
      }
    }

    @Test
    void aPreflightIsAnsweredWithoutAToken() throws Exception {
      try (RawClient client = client()) {
        Answer answer = client.ask("OPTIONS", "/t/x/" + PATH, "Origin: http://page");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-methods")).contains("GET");
        assertThat(answer.header("access-control-allow-headers")).contains("Range");
      }
    }
  }

  @Nested
  class Refused {
    @Test
    void areTokensThatGiveNothing() throws Exception {
      String foreign = token("/film/p1/", "play-1", newKeys());
      String other = token("/other/p1/", "play-1", keys);
      String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";

      expect("/t/" + PATH, 401, "unauthenticated");
      expect("/t//" + PATH, 401, "unauthenticated");
      expect("/t/nonsense/" + PATH, 401, "unauthenticated");
      expect("/t/" + foreign + "/" + PATH, 401, "unauthenticated");
      expect("/t/" + forged + "/" + PATH, 401, "unauthenticated");
      expect("/t/" + other + "/" + PATH, 403, "forbidden");
      now.set(NOW.plus(Duration.ofHours(13)));
      expect("/t/" + token + "/" + PATH, 401, "unauthenticated");
    }

    @Test
    void areRevokedPlaysAlsoInMidPlay() throws Exception {
      assertThat(get(PATH).status()).isEqualTo(200);

      rights.revoked(Set.of("play-1"));

      expect("/t/" + token + "/" + PATH, 403, "forbidden");
    }

    @Test
    void arePurgedTitlesAlsoInMidPlayAndNoLonger() throws Exception {
      assertThat(get(PATH).status()).isEqualTo(200);

      rights.purged(Set.of(PATH.substring(0, PATH.indexOf('/'))));
      expect("/t/" + token + "/" + PATH, 404, "not-found");

      rights.purged(Set.of("another"));
      assertThat(get(PATH).status()).isEqualTo(200);
    }

    @Test
    void areAllWhenTheNodesOwnCertificateIsOver() throws Exception {
      rights.servesUntil(NOW);

      expect("/t/" + token + "/" + PATH, 503, "unavailable");
      expect("/healthz", 503, "unavailable");
    }

    @Test
    void areFilesThatAreNotHeld() throws Exception {
      expect("/t/" + token + "/film/p1/v720/99999.m4s", 404, "not-found");
      expect("/t/" + token + "/film/p1/manifest.json/x", 404, "not-found");
      expect("/t/" + token("/film/p2/", "play-1", keys) + "/film/p2/v720/x", 404, "not-found");
      expect("/", 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "film/p1/../../../secret",
          "film/p1/v720/../../../../secret",
          "film/p1/%2e%2e/%2e%2e/secret",
          "film/p1/..%2f..%2fsecret",
          "film/p1/%252e%252e/secret",
          "film/p1/..\\..\\secret",
          "film/p1/v720/00001.m4s%00",
          "film/p1/v720//00001.m4s",
          "film/p1/manifest.json"
        })
    void areWaysOutOfThePackage(String path) throws Exception {
      Files.writeString(directory.resolve("secret"), "the secret");

      try (RawClient client = client()) {
        Answer answer = client.get("/t/" + token + "/" + path);
        assertThat(answer.status()).isIn(400, 401, 404);
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("renditions");
      }
    }

    @Test
    void areRequestsThatAreTooLongOrNoneOfOurs() throws Exception {
      expect("/t/" + "x".repeat(9_000) + "/" + PATH, 414, "malformed");
      try (RawClient client = client()) {
        assertThat(client.get("/healthz", "X: " + "y".repeat(20_000)).status()).isEqualTo(431);
      }
      try (RawClient client = client()) {
        client.send("POST /healthz HTTP/1.1\r\nHost: n\r\nContent-Length: 5\r\n\r\n");
        assertThat(client.read(true).status()).isEqualTo(413);
        assertThat(client.isAtEnd()).isTrue();
      }
      try (RawClient client = client()) {
        Answer answer = client.ask("DELETE", "/t/" + token + "/" + PATH);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
      }
      try (RawClient client = client()) {
        client.send("GET /healthz HTTP/1.1\r\n\r\n");
        assertThat(client.read(true).status()).isEqualTo(400);
      }
      try (RawClient client = client()) {
        client.send("\u0016\u0003\u0001 nonsense\r\n\r\n");
        assertThat(client.read(true).status()).isEqualTo(400);
        assertThat(client.isAtEnd()).isTrue();
      }
    }

    private void expect(String path, int status, String type) throws IOException {
      try (RawClient client = client()) {
        Answer answer = client.get(path);
        assertThat(answer.status()).as(path).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
            .contains("\"urn:tributary:problem:" + type + "\"")
            .doesNotContain(token);
        assertThat(JsonMapper.builder().build().readTree(answer.text()).get("status").asInt())
            .isEqualTo(status);
      }
    }
  }

  @Nested
  class WhenBytesAreWrong {
    private final Path file = directory.resolve("packages/" + PATH);

    @Test
    void theFirstOpenAfterAStartFindsItBeforeAByteIsSent() throws Exception {
      flip();
      store.open();

      Answer answer = get(PATH);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("1");
      assertThat(reported)
          .isEqualTo(
              List.of(new Corruption(film.ref(), "v720/00001.m4s", Corruption.BY_OPEN, NOW)));
      assertThat(get("film/p1/v720/init.mp4").status()).isEqualTo(200);
    }

    @Test
    void aFileDroppedWhileOpenIsServedNoMore() throws Exception {
      assertThat(get(PATH).status()).isEqualTo(200);
      var found = (Lookup.Found) store.find("film/p1", "v720/00001.m4s");

      store.drop(found.file(), Corruption.BY_SCRUB, "test");

      assertThat(get(PATH).status()).isEqualTo(503);
    }

    @Test
    void aFileCutWhileOpenIsNotSentAsIfItWereWholeAndIsDropped() throws Exception {
      assertThat(get(PATH).status()).isEqualTo(200);
      Files.write(file, new byte[10]);

      try (RawClient client = client()) {
        client.send(RawClient.request("GET", "/t/" + token + "/" + PATH));
        Answer cut = client.read(true);
        assertThat(cut.body().length).isLessThan(SIZE);
      }
      await(() -> get503());
    }

    private boolean get503() {
      try {
        return get(PATH).status() == 503;
      } catch (IOException e) {
        return false;
      }
    }

    private void flip() throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      bytes[77] ^= 1;
      Files.write(file, bytes);
    }
  }

  @Nested
  class WhenClientsMisbehave {
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(50);

    /** Ten times it, for a machine that does other work as well. */
    private static final Duration FAR_BEYOND_PATIENCE = Duration.ofSeconds(3);

    @Test
    void headersSentAByteAtATimeEndTheConnection() throws Exception {
      restart(Duration.ofMillis(300), 100);
      long begun = System.nanoTime();
      try (RawClient client = client()) {
        client.send("GET /healthz HTTP/1.1\r\nX: ");
        while (!client.isAtEndWithin(BETWEEN_BYTES)) {
          // Each byte comes well within the patience; all of them together never end.
          assertThat(System.nanoTime() - begun).isLessThan(FAR_BEYOND_PATIENCE.toNanos());
          client.sendIfOpen("x");
        }
      }
    }

    @Test
    void whoTakesNothingOfItsAnswerIsGivenUpAndLeaksNothing() throws Exception {
      restart(Duration.ofMillis(300), 100);
      try (RawClient client = client()) {
        client.send(RawClient.request("GET", "/t/" + token + "/" + LARGE));
        await(() -> counters.requests(Outcome.ABORTED) == 1 && counters.connections() == 0);
      }
      server.close();
      await(() -> openStoreFiles() == 0);
    }

    @Test
    void whoIsKilledInMidAnswerLeaksNothing() throws Exception {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        RawClient client = client();
        client.socket().setReceiveBufferSize(4_096);
        client.send(RawClient.request("GET", "/t/" + token + "/" + LARGE));
        clients.add(client);
      }
      for (RawClient client : clients) {
        assertThat(client.socket().getInputStream().readNBytes(1_000)).hasSize(1_000);
        client.socket().setSoLinger(true, 0);
        client.close();
      }
      await(() -> counters.requests(Outcome.ABORTED) == 8 && counters.connections() == 0);
      assertThat(openStoreFiles()).as("the one shared, still open for the next").isEqualTo(1);
      server.close();
      await(() -> openStoreFiles() == 0);
    }

    @Test
    void oneConnectionTooManyIsClosedAtOnce() throws Exception {
      restart(Duration.ofSeconds(20), 2);
      try (RawClient first = client();
          RawClient second = client()) {
        assertThat(first.get("/healthz").status()).isEqualTo(200);
        assertThat(second.get("/healthz").status()).isEqualTo(200);
        try (RawClient third = client()) {
          assertThat(third.isAtEnd()).isTrue();
        }
      }
      await(() -> counters.connections() == 0);
      assertThat(get(PATH).status()).isEqualTo(200);
    }

    private long openStoreFiles() {
      try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
        return descriptors.filter(this::isStoreFile).count();
      } catch (IOException e) {
        return -1;
      }
    }

    private boolean isStoreFile(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).startsWith(directory.toRealPath());
      } catch (IOException e) {
        return false;
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static String token(String prefix, String playbackId, KeySet signing) {
    return new MediaTokenSigner(signing)
        .sign(
            new MediaGrant(
                MediaGrant.MEDIA_AUDIENCE,
                playbackId,
                prefix,
                NOW,
                NOW.plus(Duration.ofHours(12)),
                Map.of()));
  }

  private static KeySet newKeys() {
    try {
      return KeySet.parse(
          new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k1").generate()).toString(false));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
