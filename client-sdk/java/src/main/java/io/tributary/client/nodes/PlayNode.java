package io.tributary.client.nodes;

import java.net.URI;

/**
 * A node that a play may fetch from.
 *
 * @param nodeId the node
 * @param pathwayId the play's opaque name for it
 * @param baseUrl ends in a slash and carries the play's token: never log it
 */
public record PlayNode(String nodeId, String pathwayId, URI baseUrl) {
  @Override
  public String toString() {
    return nodeId;
  }
}
