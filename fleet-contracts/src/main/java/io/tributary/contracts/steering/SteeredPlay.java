package io.tributary.contracts.steering;

import java.util.List;

/**
 * What steering has to know of a running play beside what every token says. Playback-service signs
 * it into the URL that the play's manifests name for content steering: claim {@link #CLAIM} of a
 * token of audience {@code steering}, whose id is the play and whose path is its package.
 *
 * @param client the viewer's network, such as {@code 192.0.2.0/24}; empty where it is not known
 * @param pathways as the manifests name them, best first
 */
public record SteeredPlay(String client, List<Pathway> pathways) {
  /** The token's claim that this is in, as JSON. */
  public static final String CLAIM = "s";

  public SteeredPlay {
    client = client == null ? "" : client;
    pathways = pathways == null ? List.of() : List.copyOf(pathways);
  }

  /** A node of the play and its name in the play's manifests. */
  public record Pathway(String id, String node) {}
}
