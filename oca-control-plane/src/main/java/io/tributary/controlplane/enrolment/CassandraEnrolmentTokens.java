package io.tributary.controlplane.enrolment;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.controlplane.store.ControlKeyspace;
import io.tributary.controlplane.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link EnrolmentTokens} in Cassandra, by lightweight transactions. One that timed out is unknown;
 * it is asked again, which is safe because the same key may always repeat.
 */
public final class CassandraEnrolmentTokens implements EnrolmentTokens {
  /** Rows outlive any token, then end by themselves. */
  private static final int KEPT_SECONDS = (int) Duration.ofDays(7).toSeconds();

  private static final int ATTEMPTS = 3;

  private final ControlKeyspace keyspace;

  public CassandraEnrolmentTokens(ControlKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public void put(String tokenSha256, String nodeId, String siteId, Instant expiresAt) {
    keyspace.decide(
        "INSERT INTO enrolment_tokens (token_sha256, node_id, site_id, expires_at)"
            + " VALUES (?, ?, ?, ?) IF NOT EXISTS USING TTL "
            + KEPT_SECONDS,
        tokenSha256,
        nodeId,
        siteId,
        expiresAt);
  }

  @Override
  public Redemption redeem(String tokenSha256, String keySha256, Instant now) {
    for (int attempt = 1; ; attempt++) {
      try {
        return tryToRedeem(tokenSha256, keySha256, now);
      } catch (StoreUnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Redemption tryToRedeem(String tokenSha256, String keySha256, Instant now) {
    Optional<Row> before = row(tokenSha256);
    // A row without an end was never put as a whole: its token lets nobody in.
    @Nullable Instant expiresAt = before.map(row -> row.getInstant("expires_at")).orElse(null);
    if (before.isEmpty() || expiresAt == null || !now.isBefore(expiresAt)) {
      return new Redemption.Worthless();
    }
    String nodeId = Objects.requireNonNull(before.get().getString("node_id"), "node_id");
    String siteId = Objects.requireNonNull(before.get().getString("site_id"), "site_id");
    @Nullable String usedBy = before.get().getString("used_by");
    if (usedBy == null) {
      Optional<Row> against =
          keyspace.decide(
              "UPDATE enrolment_tokens USING TTL "
                  + KEPT_SECONDS
                  + " SET used_by = ? WHERE token_sha256 = ? IF used_by = null AND node_id = ?",
              keySha256,
              tokenSha256,
              nodeId);
      usedBy =
          against.isEmpty()
              ? keySha256
              : row(tokenSha256).map(row -> row.getString("used_by")).orElse("");
    }
    return keySha256.equals(usedBy)
        ? new Redemption.Redeemed(nodeId, siteId)
        : new Redemption.Used();
  }

  private Optional<Row> row(String tokenSha256) {
    return keyspace.decided(
        "SELECT node_id, site_id, expires_at, used_by FROM enrolment_tokens WHERE token_sha256 = ?",
        tokenSha256);
  }
}
