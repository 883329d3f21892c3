package io.tributary.fleet.layout;

/**
 * A listening port that others use. Clients know its public port, where the fault proxy listens;
 * the process itself listens on the real one.
 */
public enum Door {
  /** The page and the public API. */
  GATEWAY(0, 5),
  /** The operators' API. */
  GATEWAY_ADMIN(5, 5),
  /** Segments. */
  NODE_MEDIA(10, 40),
  /** The public API behind the gateway. */
  PLAYBACK(50, 5),
  /** Titles and accounts. */
  PLAYBACK_ADMIN(55, 5),
  /** Rankings. */
  STEERING(60, 5),
  /** Networks, sites, nodes and packages. */
  CONTROL_PLANE(65, 5),
  /** Heartbeats, plans and certificates: mutual TLS. */
  NODE_DOOR(70, 5),
  /** Ingests. */
  PIPELINE(75, 5),
  /** CQL. */
  CASSANDRA(80, 1),
  /** The broker's listener for clients. */
  KAFKA(81, 1),
  /** S3. */
  OBJECT_STORE(82, 1),
  /** What players ask while they play. */
  STEERING_FACE(85, 5);

  private final int offset;
  private final int places;

  Door(int offset, int places) {
    this.offset = offset;
    this.places = places;
  }

  /** How many processes of one fleet may have this door. */
  public int places() {
    return places;
  }

  int offset(int instance) {
    if (instance < 1 || instance > places) {
      throw new IllegalArgumentException(
          "instance is " + instance + " (expected: 1 to " + places + " for " + this + ")");
    }
    return offset + instance - 1;
  }
}
