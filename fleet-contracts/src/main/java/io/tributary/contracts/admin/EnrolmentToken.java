package io.tributary.contracts.admin;

import java.time.Instant;

/**
 * The right of one node to join once.
 *
 * @param token shown this once; whoever has it may become this node
 * @param nodeId the node that it lets in
 * @param siteId where that node will stand
 * @param expiresAt the moment after which it is worthless
 */
public record EnrolmentToken(String token, String nodeId, String siteId, Instant expiresAt) {
  /** Never shows the token: this text may reach a log. */
  @Override
  public String toString() {
    return "EnrolmentToken[nodeId="
        + nodeId
        + ", siteId="
        + siteId
        + ", expiresAt="
        + expiresAt
        + "]";
  }
}
