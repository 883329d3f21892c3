package io.tributary.controlplane.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.controlplane.enrolment.EnrolmentTokens.Redemption;
import io.tributary.controlplane.enrolment.EnrolmentTokens.Redemption.Redeemed;
import io.tributary.controlplane.enrolment.EnrolmentTokens.Redemption.Used;
import io.tributary.controlplane.enrolment.EnrolmentTokens.Redemption.Worthless;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all {@link EnrolmentTokens} do. */
abstract class EnrolmentTokensContract {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = NOW.plusSeconds(3_600);

  /** Empty ones. */
  abstract EnrolmentTokens tokens();

  @Test
  void oneKeyWinsAndMayRepeat() {
    EnrolmentTokens tokens = tokens();
    tokens.put("hash", "n", "s", END);

    assertEquals(new Redeemed("n", "s"), tokens.redeem("hash", "key-1", NOW));
    assertEquals(new Redeemed("n", "s"), tokens.redeem("hash", "key-1", NOW));
    assertEquals(new Used(), tokens.redeem("hash", "key-2", NOW));
  }

  @Test
  void unknownAndExpiredTokensAreWorthlessAndStaySo() {
    EnrolmentTokens tokens = tokens();
    tokens.put("hash", "n", "s", END);

    assertEquals(new Worthless(), tokens.redeem("other", "key", NOW));
    assertEquals(new Worthless(), tokens.redeem("other", "key", NOW));
    assertEquals(new Worthless(), tokens.redeem("hash", "key", END));
  }

  @Test
  void ofManyKeysAtOnceExactlyOneWins() throws Exception {
    EnrolmentTokens tokens = tokens();
    tokens.put("hash", "n", "s", END);
    List<Callable<Redemption>> all =
        IntStream.range(0, 6)
            .<Callable<Redemption>>mapToObj(key -> () -> tokens.redeem("hash", "key-" + key, NOW))
            .toList();

    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      int won = 0;
      for (Future<Redemption> each : executor.invokeAll(all)) {
        won += each.get() instanceof Redeemed ? 1 : 0;
      }
      assertEquals(1, won);
    }
  }
}
