package io.tributary.steering.snapshot;

import io.tributary.steering.snapshot.SnapshotFollower.StateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a fleet what Kafka would tell it, through the service's own follower. It is in the
 * follower's package because nothing else of the service may write a fleet. For one thread.
 */
public final class FollowedUpdates {
  private final Fleet fleet;
  private final SnapshotFollower follower;
  private final SetAsideRecords setAside = new SetAsideRecords();
  private long offset;

  /** Of a fleet of which nothing is known yet. */
  public FollowedUpdates(Fleet fleet, JsonMapper json) {
    this.fleet = fleet;
    this.follower =
        new SnapshotFollower(fleet, new FactReader(json), setAside, Duration.ZERO, null);
  }

  /**
   * A record of a state topic.
   *
   * @param value null to take the key's fact back
   */
  public record Update(String topic, String key, @Nullable String value) {}

  /** The first reading, to the topics' ends: the fleet is usable after it. */
  public void begin(List<Update> updates, Instant at) {
    SnapshotFollower.TOPICS.forEach(topic -> follower.recognise(topic, "1", at));
    apply(updates, at);
    SnapshotFollower.TOPICS.forEach(topic -> follower.endReached(topic, at));
    follower.settle(at);
  }

  /**
   * Takes a batch in, as one reading of Kafka.
   *
   * @throws IllegalStateException if a record could not be read
   */
  public void apply(List<Update> updates, Instant at) {
    List<StateRecord> batch = new ArrayList<>(updates.size());
    for (Update update : updates) {
      batch.add(new StateRecord(update.topic(), 0, offset++, update.key(), update.value()));
    }
    follower.apply(batch);
    follower.alive(at);
    if (setAside.count() > 0) {
      throw new IllegalStateException("set aside: " + setAside.newest());
    }
  }

  /** Grows with each swap that changed something. */
  public long version() {
    return fleet.snapshot().version();
  }
}
