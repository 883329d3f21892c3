package io.tributary.steering.snapshot;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of the state topics into the next {@link FleetSnapshot}, and knows for each topic
 * where to go on reading. Knows no Kafka. For one thread: it is the fleet's only writer.
 *
 * <p>A topic is read again from its beginning when its offsets mean nothing any more: it was
 * created again, it lost records that were not read, or nothing was heard for so long that
 * compaction may have removed the records that take facts back. What was known goes on meanwhile;
 * what the new reading did not name is dropped at its end. An empty topic drops nothing: a broker
 * that lost its disk is no reason to forget a fleet.
 */
final class SnapshotFollower {
  static final List<String> TOPICS =
      List.of(
          Topics.NODE_VERDICTS.name(),
          Topics.NODE_HOLDINGS.name(),
          Topics.SITES.name(),
          Topics.ROUTES.name());

  /**
   * Half of Kafka's default {@code delete.retention.ms}, for which a record that takes a fact back
   * is sure to be kept.
   */
  private static final Duration LONGEST_ABSENCE = Duration.ofHours(12);

  private final Fleet fleet;
  private final FactReader reader;
  private final SetAsideRecords setAside;
  private final Duration settling;
  private final Map<String, Following> following = new HashMap<>();

  /**
   * Begins with what the disk knows.
   *
   * @param settling how long after the end of a repeated reading its missing facts are dropped: a
   *     topic that was created again is filled by its writers over some seconds
   */
  SnapshotFollower(
      Fleet fleet,
      FactReader reader,
      SetAsideRecords setAside,
      Duration settling,
      @Nullable SnapshotImage image) {
    this.fleet = fleet;
    this.reader = reader;
    this.setAside = setAside;
    this.settling = settling;
    TOPICS.forEach(topic -> following.put(topic, new Following()));
    if (image != null) {
      image.nodes().forEach(node -> fleet.loads().put(node.known().nodeId(), node.load()));
      fleet.aliveAt(image.aliveAt());
      fleet.swap(image.snapshot());
      for (SnapshotImage.Position position : image.positions()) {
        Following resumed = following.get(position.topic());
        if (resumed != null) {
          resumed.topicId = position.topicId();
          resumed.nextOffsets.putAll(position.nextOffsets());
          resumed.seen = null;
        }
      }
      fleet.usable();
    }
  }

  /** Compares the topic that is there with the one that was read; call before each reading. */
  void recognise(String topic, String topicId, Instant now) {
    Following known = following(topic);
    boolean tooLong = fleet.age(now).map(age -> age.compareTo(LONGEST_ABSENCE) > 0).orElse(false);
    if (!topicId.equals(known.topicId) || tooLong) {
      readAgain(topic);
      known.topicId = topicId;
    }
  }

  /** The offsets of a topic mean nothing any more. */
  void readAgain(String topic) {
    Following known = following(topic);
    known.nextOffsets.clear();
    known.seen = new HashSet<>();
    known.endReachedAt = null;
  }

  /** Where to go on reading; empty for the beginning. */
  OptionalLong nextOffset(String topic, int partition) {
    Long offset = following(topic).nextOffsets.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** Whether the topic's end still has to be reached. */
  boolean isBehind(String topic) {
    Following known = following(topic);
    return known.seen != null && known.endReachedAt == null;
  }

  /** Takes a batch in; readers see all of it at once. */
  void apply(List<StateRecord> batch) {
    FleetSnapshot.Edit edit = fleet.snapshot().edit();
    for (StateRecord record : batch) {
      Following known = following(record.topic());
      known.nextOffsets.put(record.partition(), record.offset() + 1);
      if (known.seen != null && record.key() != null && record.value() != null) {
        known.seen.add(record.key());
      }
      switch (reader.read(record.topic(), record.key(), record.value())) {
        case Fact.NodeJudged(KnownNode node, LoadBoard.Load load) -> {
          edit.put(node);
          fleet.loads().put(node.nodeId(), load);
        }
        case Fact.NodeGone(String nodeId) -> {
          edit.remove(nodeId);
          fleet.loads().remove(nodeId);
        }
        case Fact.Held(String nodeId, PackageRef ref) -> edit.hold(nodeId, ref);
        case Fact.Released(String nodeId, PackageRef ref) -> edit.release(nodeId, ref);
        case Fact.SiteTold(KnownSite site) -> edit.put(site);
        case Fact.SiteGone(String siteId) -> edit.removeSite(siteId);
        case Fact.RoutesTold(RoutesJudged page) -> edit.put(page);
        case Fact.RoutesGone(String key) -> edit.removeRoutes(key);
        case Fact.Unreadable(String reason) ->
            setAside.add(
                record.topic() + "-" + record.partition() + "@" + record.offset(),
                record.key(),
                reason);
      }
    }
    fleet.swap(edit.done());
  }

  /** The topic was read to where it ended when this reading began. */
  void endReached(String topic, Instant at) {
    following(topic).endReachedAt = at;
    if (TOPICS.stream().noneMatch(this::isBehind)) {
      fleet.usable();
    }
  }

  /** Ends repeated readings whose time has come: drops what they did not name. */
  void settle(Instant now) {
    for (String topic : TOPICS) {
      Following known = following(topic);
      Set<String> seen = known.seen;
      Instant endReachedAt = known.endReachedAt;
      if (seen == null || endReachedAt == null) {
        continue;
      }
      List<String> unseen = unseen(topic, seen);
      if (unseen.isEmpty()) {
        known.seen = null;
      } else if (!seen.isEmpty() && !now.isBefore(endReachedAt.plus(settling))) {
        known.seen = null;
        drop(topic, unseen);
      }
    }
  }

  /** The feed is alive: its brokers answered. */
  void alive(Instant at) {
    fleet.aliveAt(at);
  }

  /** What to save now. A topic that is being read again has no position, so that it is again. */
  SnapshotImage image() {
    List<SnapshotImage.Position> positions = new ArrayList<>();
    for (String topic : TOPICS) {
      Following known = following(topic);
      if (known.seen == null && known.topicId != null) {
        positions.add(new SnapshotImage.Position(topic, known.topicId, known.nextOffsets));
      }
    }
    return SnapshotImage.of(fleet.snapshot(), fleet.loads(), fleet.aliveAt(), positions);
  }

  private List<String> unseen(String topic, Set<String> seen) {
    List<String> keys = new ArrayList<>();
    if (topic.equals(Topics.NODE_VERDICTS.name())) {
      keys.addAll(fleet.snapshot().nodes().keySet());
    } else if (topic.equals(Topics.SITES.name())) {
      keys.addAll(fleet.snapshot().sites().keySet());
    } else if (topic.equals(Topics.ROUTES.name())) {
      keys.addAll(fleet.snapshot().routes().keySet());
    } else {
      fleet
          .snapshot()
          .holdersByPackage()
          .forEach((ref, ids) -> ids.forEach(nodeId -> keys.add(nodeId + "/" + ref.path())));
    }
    keys.removeAll(seen);
    return keys;
  }

  /** As if each key's fact had been taken back. */
  private void drop(String topic, List<String> keys) {
    FleetSnapshot.Edit edit = fleet.snapshot().edit();
    for (String key : keys) {
      switch (reader.read(topic, key, null)) {
        case Fact.NodeGone(String nodeId) -> {
          edit.remove(nodeId);
          fleet.loads().remove(nodeId);
        }
        case Fact.Released(String nodeId, PackageRef ref) -> edit.release(nodeId, ref);
        case Fact.SiteGone(String siteId) -> edit.removeSite(siteId);
        case Fact.RoutesGone(String gone) -> edit.removeRoutes(gone);
        case Fact.NodeJudged _,
            Fact.Held _,
            Fact.SiteTold _,
            Fact.RoutesTold _,
            Fact.Unreadable _ -> {}
      }
    }
    fleet.swap(edit.done());
  }

  private Following following(String topic) {
    Following known = following.get(topic);
    if (known == null) {
      throw new IllegalArgumentException(
          "topic is " + topic + " (expected: one of " + TOPICS + ")");
    }
    return known;
  }

  /**
   * One record of a state topic.
   *
   * @param key null where it has none
   * @param value null to take the key's fact back
   */
  record StateRecord(
      String topic, int partition, long offset, @Nullable String key, @Nullable String value) {}

  private static final class Following {
    private @Nullable String topicId;
    private final Map<Integer, Long> nextOffsets = new HashMap<>();

    /** Keys of the reading from the beginning that is not settled yet; null after it. */
    private @Nullable Set<String> seen = new HashSet<>();

    private @Nullable Instant endReachedAt;
  }
}
