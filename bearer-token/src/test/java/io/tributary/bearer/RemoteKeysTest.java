package io.tributary.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {
  private final Queue<Runnable> background = new ArrayDeque<>();
  private Instant now = TestIssuer.NOW;
  private @Nullable String published;
  private int fetches;
  private final RemoteKeys keys =
      new RemoteKeys(
          URI.create("https://issuer.example/jwks"), this::fetch, background::add, () -> now);

  @Test
  void whenStarted_thenNobodyWaitsForTheFirstFetch() {
    published = TestIssuer.withKey("k1").jwks();

    keys.start();
    assertEquals(List.of(), keyIds());

    runBackground();
    assertEquals(List.of("k1"), keyIds());
  }

  @Test
  void givenAnIssuerThatWentAway_thenTheLastGoodKeysStay_andItIsAskedEveryTenSeconds() {
    knowing("k1");
    published = null;

    pass(RemoteKeys.REFRESH_AFTER);
    assertEquals(List.of("k1"), keyIds());
    assertEquals(2, fetches);

    pass(RemoteKeys.RETRY_AFTER.minusMillis(1));
    assertEquals(2, fetches);
    pass(Duration.ofMillis(1));
    assertEquals(3, fetches);
    assertEquals(List.of("k1"), keyIds());
  }

  @Test
  void givenGarbage_thenTheLastGoodKeysStay() {
    knowing("k1");
    published = "<html>";

    pass(RemoteKeys.REFRESH_AFTER);
    assertEquals(List.of("k1"), keyIds());
  }

  @Test
  void givenAnUnknownKey_thenTheIssuerIsAskedButTwiceAMinuteAtMost() {
    knowing("k1");
    published = TestIssuer.withKey("k2").jwks();

    keys.missed();
    assertTrue(background.isEmpty());

    now = now.plus(RemoteKeys.MISS_AFTER);
    keys.missed();
    keys.missed();
    assertEquals(1, background.size());
    runBackground();
    assertEquals(List.of("k2"), keyIds());
  }

  private void knowing(String keyId) {
    published = TestIssuer.withKey(keyId).jwks();
    keys.start();
    runBackground();
    assertEquals(1, fetches);
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
    keyIds();
    runBackground();
  }

  private List<@Nullable String> keyIds() {
    return keys.current().stream().<@Nullable String>map(VerificationKey::keyId).toList();
  }

  private void runBackground() {
    for (Runnable task = background.poll(); task != null; task = background.poll()) {
      task.run();
    }
  }

  private String fetch(URI jwks) throws IOException {
    fetches++;
    if (published == null) {
      throw new IOException("connection refused");
    }
    return published;
  }
}
