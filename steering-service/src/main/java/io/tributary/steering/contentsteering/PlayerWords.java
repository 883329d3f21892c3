package io.tributary.steering.contentsteering;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What players add to their question. They say the same in different ways: {@code _HLS_pathway=B},
 * {@code _DASH_pathway="B,A"} with every place used since the last question, the present one first,
 * quoted or not, or nothing at all. Throughputs are not read: the first one is a guess, and of
 * those behind one access link none is a node's.
 *
 * <p>Anybody may say anything here; it decides nothing but whether the head is reserved for.
 */
public final class PlayerWords {
  /** More than any player says. */
  private static final int MAX_QUERY = 2_048;

  private PlayerWords() {}

  /**
   * The node that a player says it fetches from; empty if it does not say, or what it says is none
   * of the play's pathways. Never throws.
   *
   * @param query of the URL, as it came; null where there is none
   */
  public static Optional<String> servedBy(PlayState play, @Nullable String query) {
    if (query == null || query.length() > MAX_QUERY) {
      return Optional.empty();
    }
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (name.equals("_HLS_pathway") || name.equals("_DASH_pathway")) {
        return play.nodeOf(first(decoded(parameter.substring(equals + 1))));
      }
    }
    return Optional.empty();
  }

  private static String first(String list) {
    String bare = list.replace("\"", "").strip();
    int comma = bare.indexOf(',');
    return comma < 0 ? bare : bare.substring(0, comma).strip();
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
