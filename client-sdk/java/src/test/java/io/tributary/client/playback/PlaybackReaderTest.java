package io.tributary.client.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayException;
import io.tributary.client.media.MediaKind;
import io.tributary.client.media.Rendition;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybackReaderTest {
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String MANIFEST =
      """
      {"playbackId":"play-1","pathways":[{"pathwayId":"x","nodeId":"n1","baseUrl":"https://n1.example/t/tok/demo/p1/"}],
      "media":{"formatVersion":1,"titleId":"demo","packageVersion":"p1","durationMillis":4004,"renditions":[
      {"renditionId":"s0","kind":"subtitle"},
      {"renditionId":"v720","kind":"video","codecs":"avc1.4d401f","timescale":24000,"peakBitsPerSecond":2000000,
      "averageBitsPerSecond":1900000,"video":{"width":1280,"height":720,"frameRateNumerator":24000,"frameRateDenominator":1001},
      "audio":null,"init":{"path":"v720/init.mp4","bytes":812,"sha256":"HASH"},
      "segments":[{"path":"v720/00001.m4s","start":48048,"duration":96096,"bytes":1000,"sha256":"HASH"}]}]}}
      """
          .replace("HASH", HASH);

  @Test
  void readsAManifestAndIgnoresKindsOfALaterVersion() {
    PlayManifest manifest = PlaybackReader.playManifest(bytes(MANIFEST));

    assertThat(manifest.media().renditions()).hasSize(1);
    Rendition rendition = manifest.media().ladder(MediaKind.VIDEO).get(0);
    assertThat(rendition.width()).isEqualTo(1280);
    assertThat(rendition.segments().get(0).startMicros()).isEqualTo(2_002_000);
    assertThat(rendition.segments().get(0).durationMicros()).isEqualTo(4_004_000);
    assertThat(manifest.nodes().get(0).baseUrl().resolve("v720/init.mp4"))
        .hasToString("https://n1.example/t/tok/demo/p1/v720/init.mp4");
  }

  /** What a broken or hostile service could make this SDK do. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "https://n1.example/t/tok/demo/p1/, file:///etc/",
        "https://n1.example/t/tok/demo/p1/, jar:file:/x!/",
        "https://n1.example/t/tok/demo/p1/, /relative/",
        "https://n1.example/t/tok/demo/p1/, https://n1.example/no-slash",
        "v720/00001.m4s, ../../secret",
        "v720/00001.m4s, ../x",
        "v720/00001.m4s, //evil.example",
        "v720/00001.m4s, v720/a/b",
        "v720/00001.m4s, v720/a?b",
        "\"bytes\":1000, \"bytes\":0",
        "\"bytes\":1000, \"bytes\":9007199254740992",
        "\"bytes\":1000, \"bytes\":-1",
        "\"duration\":96096, \"duration\":0",
        "\"start\":48048, \"start\":9007199254740992",
        "\"timescale\":24000, \"timescale\":0",
        "\"averageBitsPerSecond\":1900000, \"averageBitsPerSecond\":0",
        "0123456789abcdef, 0123456789ABCDEF",
        "\"nodeId\":\"n1\", \"nodeId\":7",
        "\"kind\":\"video\", \"kind\":\"hologram\"",
        "play-1, ../x",
      })
  void refusesWhatItCouldNotActOnSafely(String good, String bad) {
    assertThat(MANIFEST).contains(good);

    assertThatThrownBy(() -> PlaybackReader.playManifest(bytes(MANIFEST.replace(good, bad))))
        .isInstanceOfSatisfying(
            PlayException.class,
            refused -> assertThat(refused.error().code()).isEqualTo(ErrorCode.BAD_ANSWER));
  }

  /** Whatever a service sends, the answer is a manifest or a typed error that holds no token. */
  @Test
  void noBytesBreakIt() {
    byte[] sample = bytes(MANIFEST);
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] mutated = sample.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(128);
      }
      try {
        assertThat(PlaybackReader.playManifest(mutated).nodes()).isNotEmpty();
      } catch (PlayException refused) {
        assertThat(refused.error().code()).as("seed %d", seed).isEqualTo(ErrorCode.BAD_ANSWER);
        assertThat(refused.error().message()).as("seed %d", seed).doesNotContain("/t/tok/");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, urn:tributary:problem:unauthenticated, NOT_SIGNED_IN",
    "403, urn:tributary:problem:play-limit, PLAY_LIMIT",
    "403, urn:tributary:problem:something-new, NOT_ENTITLED",
    "404, about:blank, UNKNOWN_TITLE",
    "503, urn:tributary:problem:not-placed, NOT_PLACED",
    "503, urn:tributary:problem:exhausted, OVERLOADED",
    "504, urn:tributary:problem:timeout, UNAVAILABLE",
    "302, about:blank, BAD_ANSWER",
    "418, about:blank, REFUSED",
  })
  void aProblemsTypeDecidesAndElseItsStatus(int status, String type, ErrorCode code) {
    String problem =
        "{\"type\":\"%s\",\"status\":%d,\"detail\":\"why\",\"retryable\":true}"
            .formatted(type, status);

    assertThat(ProblemReader.error(status, bytes(problem)))
        .satisfies(error -> {
          assertThat(error.code()).isEqualTo(code);
          assertThat(error.retryable()).isTrue();
          assertThat(error.message()).isEqualTo("status " + status + ": why");
        });
  }

  @Test
  void aProxysErrorPageIsAnErrorToo() {
    assertThat(ProblemReader.error(502, bytes("<html>Bad Gateway</html>")).code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
