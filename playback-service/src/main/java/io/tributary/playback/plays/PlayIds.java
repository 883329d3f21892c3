package io.tributary.playback.plays;

import io.tributary.contracts.context.RequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Names plays. One press of Play, however often it is repeated, at whichever replica, with or
 * without the store, gets one name: that of its Idempotency-Key and its caller.
 *
 * <p>A name is no right: whoever works out another's can do nothing with it.
 */
final class PlayIds {
  private static final int BYTES = 16;

  private final RandomGenerator random;

  PlayIds(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The id of a play.
   *
   * @param idempotencyKey one line of text; null to have a new play each time
   */
  String of(@Nullable String idempotencyKey, RequestContext context) {
    if (idempotencyKey == null) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      return text(bytes);
    }
    // Viewers without an account may use the same key, so they are told apart as well as they can.
    String caller =
        context.account() == null
            ? "address\n" + context.clientAddress() + "\n" + context.device()
            : "account\n" + context.account();
    return text(Arrays.copyOf(sha256(idempotencyKey + "\n" + caller), BYTES));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
