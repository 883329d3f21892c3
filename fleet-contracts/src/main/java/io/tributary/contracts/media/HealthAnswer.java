package io.tributary.contracts.media;

/** How a node's media door answers {@code GET /healthz} while it serves: 200, naming its node. */
public final class HealthAnswer {
  /** The path at the media door. */
  public static final String PATH = "/healthz";

  /** Names the node that answered, so that nobody's address passes for another's. */
  public static final String NODE_HEADER = "Tributary-Node";

  /** The whole body. */
  public static final String BODY = "ok\n";

  private HealthAnswer() {}
}
