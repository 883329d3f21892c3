package io.tributary.playback.plays;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.store.CassandraStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Plays in Cassandra, where they end by themselves (TTL). */
public final class CassandraPlays implements PlayStore {
  private final CassandraStore store;

  public CassandraPlays(CassandraStore store) {
    this.store = store;
  }

  @Override
  public void keep(Play play, Duration keepFor) {
    store.writeSoon(
        "INSERT INTO plays (playback_id, account_id, title_id, package_version, duration_millis,"
            + " started_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?) USING TTL ?",
        play.playbackId(),
        play.accountId(),
        play.ref().titleId(),
        play.ref().packageVersion(),
        play.durationMillis(),
        play.startedAt(),
        play.expiresAt(),
        Math.toIntExact(Math.max(1, keepFor.toSeconds())));
  }

  @Override
  public Optional<Play> find(String playbackId) {
    Row row =
        store
            .readQuickly(
                "SELECT account_id, title_id, package_version, duration_millis, started_at,"
                    + " expires_at FROM plays WHERE playback_id = ?",
                playbackId)
            .one();
    if (row == null) {
      return Optional.empty();
    }
    String titleId = row.getString("title_id");
    String packageVersion = row.getString("package_version");
    Instant startedAt = row.getInstant("started_at");
    Instant expiresAt = row.getInstant("expires_at");
    if (titleId == null || packageVersion == null || startedAt == null || expiresAt == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Play(
            playbackId,
            row.getString("account_id"),
            new PackageRef(titleId, packageVersion),
            row.getLong("duration_millis"),
            startedAt,
            expiresAt));
  }
}
