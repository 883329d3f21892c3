package io.tributary.oca.check;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The media door and the address at which clients are told to find it.
 *
 * @param address where the node listens, with the port
 * @param port see there
 * @param endpoint announced; null when none is
 * @param reach see there
 */
record MediaFacts(String address, Port port, @Nullable URI endpoint, Reach reach) {
  /** The port to listen on. */
  sealed interface Port {
    /** It can be had. */
    record Free() implements Port {}

    /** This very node listens there. */
    record Ours() implements Port {}

    /** A node listens there that is in service for nobody, and so does not say its name. */
    record Resting() implements Port {}

    /** Something listens there; in words of what is known of it. */
    record Taken(String by) implements Port {}

    /** It cannot be listened on at all. */
    record Unusable(String reason) implements Port {}
  }

  /** What came of calling the announced address from this machine. */
  sealed interface Reach {
    /** It led back here. */
    record Here(long millis) implements Reach {}

    /** Something else answered. */
    record Elsewhere(String who) implements Reach {}

    /** Nothing answered. */
    record Silent(String reason) implements Reach {}

    /** It was not called. */
    record Untried(String reason) implements Reach {}
  }

  /** As the operator wrote it. */
  String announced() {
    return endpoint == null ? "the announced address" : endpoint.toString();
  }
}
