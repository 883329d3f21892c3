package io.tributary.controlplane.health;

import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.Topics;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.events.StateTable.Stated;
import io.tributary.controlplane.health.BoundedProbing.Probed;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.settings.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the {@link Detector} of this replica over the partitions of facts that its consumer group
 * gives it: one thread, from poll to poll.
 *
 * <p>A partition that it is given is read from its end, since old facts say nothing about now, and
 * only once the last verdicts are read, so none is lost. That the feed is alive is proven by a
 * fact, or, when none comes, by an answer of the broker to this very consumer.
 *
 * <p>All nodes are looked at each {@link #POLL}, however often facts come in between.
 *
 * <p>What the detector holds and what the topic says are compared: a verdict that did not get there
 * is said again.
 */
public final class KafkaDetection implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ASK = Duration.ofMillis(400);

  /** After so long without a proof the feed is asked. */
  private static final Duration PROOF_AGE = Duration.ofMillis(500);

  /** After so long without a proof the feed counts as dead. */
  private static final Duration PROOF_END = Duration.ofSeconds(1);

  private static final Duration RETRY = Duration.ofMillis(500);
  private static final TypeReference<Event<HeartbeatReceived>> FACT = new TypeReference<>() {};
  private static final Logger LOG = LoggerFactory.getLogger(KafkaDetection.class);

  private final KafkaAccess kafka;
  private final DetectorConfig config;
  private final Duration heartbeatInterval;
  private final StateTable<NodeVerdict> said;
  private final ConfigDemand configDemand = new ConfigDemand();
  private final RegistryBoard registry;
  private final Supplier<OptionalLong> toldConfigVersion;
  private final BoundedProbing probing;
  private final EventLog log;
  private final InstantSource clock;
  private final JsonMapper json;
  private final Thread thread;
  private final UnheardVerdicts unheard = new UnheardVerdicts();
  private volatile boolean running = true;
  private volatile boolean isWithholding;
  private volatile boolean isFrozen = true;

  /** Brokers that stay away are worth one line. Of the thread alone. */
  private boolean isNews = true;

  private Detector detector;
  private Instant lastProof = Instant.MIN;
  private Instant lastLook = Instant.MIN;

  /** Builds one that does nothing before {@link #start}. */
  public KafkaDetection(
      KafkaAccess kafka,
      DetectorConfig config,
      Duration heartbeatInterval,
      StateTable<NodeVerdict> said,
      RegistryBoard registry,
      Supplier<OptionalLong> toldConfigVersion,
      EndpointProbe probe,
      EventLog log,
      InstantSource clock,
      JsonMapper json) {
    this.kafka = kafka;
    this.config = config;
    this.heartbeatInterval = heartbeatInterval;
    this.said = said;
    this.registry = registry;
    this.toldConfigVersion = toldConfigVersion;
    this.probing = new BoundedProbing(probe);
    this.log = log;
    this.clock = clock;
    this.json = json;
    this.detector = new Detector(config, heartbeatInterval);
    this.thread = Thread.ofPlatform().daemon().name("detection").unstarted(this::run);
  }

  /** Starts in the background; at most once. */
  public void start() {
    thread.start();
  }

  /** Whether more nodes are silent here than may be given up now. */
  public boolean isWithholding() {
    return isWithholding;
  }

  /** Whether verdicts stay as they are here, because facts cannot be trusted to arrive. */
  public boolean isFrozen() {
    return isFrozen;
  }

  /** Leaves the group, so that another replica takes over at once. */
  @Override
  public void close() {
    running = false;
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (running) {
      try (KafkaConsumer<String, byte[]> fresh = open()) {
        detector = new Detector(config, heartbeatInterval);
        isNews = true;
        fresh.subscribe(List.of(Topics.NODE_FACTS.name()), new Rebalance(fresh));
        while (running) {
          turn(fresh);
        }
      } catch (WakeupException | InterruptException e) {
        LOG.debug("event=detection-interrupted", e);
      } catch (KafkaException e) {
        if (isNews) {
          LOG.warn(
              "event=detection-retries cause=\"{}\"",
              Objects.requireNonNullElse(e.getCause(), e).toString());
        }
        isNews = false;
        pause();
      } catch (RuntimeException e) {
        LOG.error("event=detection-failed", e);
        pause();
      }
    }
  }

  private void turn(KafkaConsumer<String, byte[]> from) {
    resumeOnceVerdictsAreRead(from);
    for (ConsumerRecord<String, byte[]> message : from.poll(POLL)) {
      lastProof = clock.instant();
      observe(message);
    }
    for (@Nullable Probed each = probing.poll(); each != null; each = probing.poll()) {
      act(detector.probed(each.nodeId(), each.asked(), each.outcomes(), clock.instant()));
    }
    Instant now = clock.instant();
    // A clock that was set back must not put the next look off.
    if (!now.isBefore(lastLook) && lastLook.plus(POLL).isAfter(now)) {
      return;
    }
    lastLook = now;
    boolean isAlive = isFeedAlive(from);
    if (isFrozen == isAlive) {
      isFrozen = !isAlive;
      LOG.warn("event={}", isFrozen ? "verdicts-frozen" : "verdicts-thawed");
    }
    act(detector.tick(clock.instant(), isAlive, directives().under(demandedConfigVersion())));
    isWithholding = detector.isWithholding();
    sayAgain();
  }

  private void observe(ConsumerRecord<String, byte[]> message) {
    try {
      act(detector.observe(json.readValue(message.value(), FACT).data(), clock.instant()));
    } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
      LOG.warn(
          "node={} partition={} offset={} event=set-aside cause=\"{}\"",
          message.key(),
          message.partition(),
          message.offset(),
          e.toString());
    }
  }

  private boolean isFeedAlive(KafkaConsumer<String, byte[]> from) {
    Set<TopicPartition> owned = from.assignment();
    if (owned.isEmpty()) {
      return false;
    }
    if (lastProof.plus(PROOF_AGE).isBefore(clock.instant())) {
      try {
        from.endOffsets(owned, ASK);
        lastProof = clock.instant();
      } catch (TimeoutException e) {
        LOG.debug("event=feed-silent", e);
      }
    }
    return lastProof.plus(PROOF_END).isAfter(clock.instant());
  }

  private void resumeOnceVerdictsAreRead(KafkaConsumer<String, byte[]> from) {
    Set<TopicPartition> waiting = from.paused();
    if (waiting.isEmpty() || !said.isComplete()) {
      return;
    }
    int partitions = Topics.NODE_FACTS.partitions();
    Set<Integer> taken = new HashSet<>();
    waiting.forEach(partition -> taken.add(partition.partition()));
    List<NodeVerdict> last =
        said.all().values().stream()
            .map(Stated::data)
            .filter(verdict -> taken.contains(partition(verdict.nodeId(), partitions)))
            .toList();
    detector.adopt(last, clock.instant());
    from.resume(waiting);
    LOG.info("partitions={} nodes={} event=adopted", taken, last.size());
  }

  private OptionalLong demandedConfigVersion() {
    return configDemand.of(toldConfigVersion.get(), lastVerdicts());
  }

  private List<NodeVerdict> lastVerdicts() {
    return said.all().values().stream().map(Stated::data).toList();
  }

  private Directives directives() {
    Optional<Map<String, RegisteredNode>> nodes = registry.nodes();
    if (nodes.isEmpty()) {
      return Directives.in(lastVerdicts());
    }
    Set<String> revoked = new HashSet<>();
    Set<String> draining = new HashSet<>();
    for (RegisteredNode node : nodes.get().values()) {
      if (node.revoked()) {
        revoked.add(node.id());
      }
      if (node.drain()) {
        draining.add(node.id());
      }
    }
    return new Directives(revoked, draining);
  }

  private void act(List<Decision> decisions) {
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.Say(NodeVerdict verdict, boolean isNews) -> {
          if (isNews) {
            LOG.info(
                "node={} site={} event=verdict health={} reason=\"{}\"",
                verdict.nodeId(),
                verdict.siteId(),
                verdict.health(),
                verdict.reason());
          }
          say(verdict);
        }
        case Decision.Probe asked -> probing.begin(asked);
        case Decision.Withheld(List<String> nodeIds) ->
            LOG.error(
                "nodes={} event=mass-expiry-withheld first={}: too many nodes fell silent at once;"
                    + " they stay named while this is looked at",
                nodeIds.size(),
                nodeIds.getFirst());
      }
    }
  }

  private void say(NodeVerdict verdict) {
    log.publish(Topics.NODE_VERDICTS, verdict.nodeId(), NodeVerdict.TYPE, verdict);
  }

  private void sayAgain() {
    unheard
        .due(detector.verdicts(), id -> said.get(id).map(Stated::data), clock.instant())
        .forEach(this::say);
  }

  private KafkaConsumer<String, byte[]> open() {
    Map<String, Object> settings =
        kafka.with(
            Map.ofEntries(
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "control-plane.detection"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"),
                Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100),
                // The shortest that brokers allow unless told otherwise: how long a dead replica's
                // nodes wait for another's detector.
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000),
                Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500),
                Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000),
                Map.entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500)));
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** As Kafka's producers choose it from a key. */
  private static int partition(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException _) {
      running = false;
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    private final KafkaConsumer<String, byte[]> of;

    Rebalance(KafkaConsumer<String, byte[]> of) {
      this.of = of;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      of.seekToEnd(partitions);
      of.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Set<Integer> lost = new HashSet<>();
      partitions.forEach(partition -> lost.add(partition.partition()));
      int count = Topics.NODE_FACTS.partitions();
      detector.release(nodeId -> lost.contains(partition(nodeId, count)));
      unheard.forget(nodeId -> lost.contains(partition(nodeId, count)));
    }
  }
}
