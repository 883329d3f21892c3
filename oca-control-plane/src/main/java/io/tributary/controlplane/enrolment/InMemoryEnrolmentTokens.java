package io.tributary.controlplane.enrolment;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link EnrolmentTokens} that are forgotten: for tests. */
public final class InMemoryEnrolmentTokens implements EnrolmentTokens {
  private final Map<String, Entry> entries = new HashMap<>();

  @Override
  public synchronized void put(
      String tokenSha256, String nodeId, String siteId, Instant expiresAt) {
    entries.put(tokenSha256, new Entry(nodeId, siteId, expiresAt, null));
  }

  @Override
  public synchronized Redemption redeem(String tokenSha256, String keySha256, Instant now) {
    @Nullable Entry entry = entries.get(tokenSha256);
    if (entry == null || !now.isBefore(entry.expiresAt)) {
      return new Redemption.Worthless();
    }
    if (entry.usedBy != null && !entry.usedBy.equals(keySha256)) {
      return new Redemption.Used();
    }
    entries.put(tokenSha256, new Entry(entry.nodeId, entry.siteId, entry.expiresAt, keySha256));
    return new Redemption.Redeemed(entry.nodeId, entry.siteId);
  }

  private record Entry(String nodeId, String siteId, Instant expiresAt, @Nullable String usedBy) {}
}
