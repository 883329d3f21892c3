package io.tributary.oca.check;

import io.tributary.oca.check.Deadline.OverException;
import io.tributary.oca.check.Deadline.Running;
import io.tributary.oca.check.DoorFacts.Look;
import io.tributary.oca.check.NameFacts.Result;
import io.tributary.oca.heartbeat.KeptIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at all that a node needs of its machine and its network, in the order in which one thing
 * needs the other, and within a minute: each probe has a deadline, and the slow ones run beside
 * each other.
 *
 * <p>It changes nothing: of the disk it takes a quarter of what is free at most, for seconds; the
 * media port it holds for as long as one call takes; at the node door it asks what changes nothing.
 * Used once, by one thread.
 */
public final class NodeCheck {
  /** Further doors are told of, not called: a fleet has a handful. */
  private static final int MAX_DOORS = 16;

  private static final long MEASURED_BYTES = 256L << 20;
  private static final Duration NAMES = Duration.ofSeconds(5);
  private static final Duration DOORS = Duration.ofSeconds(15);
  private static final Duration MEDIA = Duration.ofSeconds(6);
  private static final Duration COUNTING = Duration.ofSeconds(3);
  private static final Duration SPACE = Duration.ofSeconds(6);
  private static final Duration WRITING = Duration.ofSeconds(10);
  private static final Duration SPEED = Duration.ofSeconds(25);

  private final CheckedNode node;
  private final SettingsFacts settings;
  private final Map<String, String> environment;
  private final JsonMapper json;
  private final InstantSource clock;
  private final Consumer<Finding> told;
  private final long measuredBytes;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A check, not yet begun.
   *
   * @param environment of the process
   * @param told of each finding, as soon as it is there
   */
  public NodeCheck(
      CheckedNode node,
      SettingsFacts settings,
      Map<String, String> environment,
      JsonMapper json,
      InstantSource clock,
      Consumer<Finding> told) {
    this(node, settings, environment, json, clock, told, MEASURED_BYTES);
  }

  NodeCheck(
      CheckedNode node,
      SettingsFacts settings,
      Map<String, String> environment,
      JsonMapper json,
      InstantSource clock,
      Consumer<Finding> told,
      long measuredBytes) {
    this.node = node;
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.json = json;
    this.clock = clock;
    this.told = told;
    this.measuredBytes = measuredBytes;
  }

  /** Checks everything. */
  public Report run() throws InterruptedException {
    SettingsRule.judge(settings).forEach(this::add);
    List<URI> urls = node.doors().stream().limit(MAX_DOORS).toList();
    names(urls);
    AuthorityFacts authority = IdentityProbe.authority(node.caFile());
    add(AuthorityRule.judge(authority, clock.instant()));
    KeptIdentity identity = identity();
    doors(urls, authority, identity);
    media();
    MachineRule.judge(MachineProbe.look(node.serve().maxConnections(), node.store().maxOpenFiles()))
        .forEach(this::add);
    disk();
    return new Report(node.nodeId(), findings);
  }

  private void add(Finding finding) {
    findings.add(finding);
    told.accept(finding);
  }

  private void names(List<URI> urls) throws InterruptedException {
    Map<String, Asked> asked = new LinkedHashMap<>();
    for (URI url : urls) {
      ask(url, "oca.control-plane.urls", DoorProbe.proxy(url) != null, asked);
    }
    if (node.endpoint() != null) {
      ask(node.endpoint(), "oca.endpoint", false, asked);
    }
    for (var name : asked.entrySet()) {
      Result result;
      try {
        result = name.getValue().running().result();
      } catch (OverException e) {
        result = new Result.Failed(String.valueOf(e.getMessage()));
      }
      add(
          NameRule.judge(
              new NameFacts(
                  name.getKey(), name.getValue().setting(), name.getValue().isProxied(), result)));
    }
  }

  /** A resolver that was asked for a host. */
  private record Asked(String setting, boolean isProxied, Running<Result> running) {}

  private static void ask(URI url, String setting, boolean isProxied, Map<String, Asked> asked) {
    asked.computeIfAbsent(
        NameProbe.bare(url.getHost()),
        host -> new Asked(setting, isProxied, Deadline.begin(NAMES, () -> NameProbe.look(host))));
  }

  private @Nullable KeptIdentity identity() {
    try {
      Optional<KeptIdentity> kept = KeptIdentity.read(node.stateDirectory(), json);
      IdentityFacts facts =
          kept.isPresent()
              ? IdentityProbe.enrolled(kept.get(), node.nodeId())
              : IdentityProbe.token(node.enrolmentTokenFile());
      add(IdentityRule.judge(facts, clock.instant()));
      return kept.orElse(null);
    } catch (IOException e) {
      add(IdentityRule.judge(new IdentityFacts.Unreadable(e.toString()), clock.instant()));
      return null;
    }
  }

  private void doors(List<URI> urls, AuthorityFacts authority, @Nullable KeptIdentity identity)
      throws InterruptedException {
    int given = node.doors().size();
    if (given == 0) {
      add(
          Finding.failed(
              DoorRule.EGRESS,
              "not tried: oca.control-plane.urls tell no door",
              "one at least, such as https://node-door.example.org",
              "set them first"));
    } else if (given > urls.size()) {
      add(
          Finding.warning(
              DoorRule.EGRESS,
              given + " doors in oca.control-plane.urls",
              MAX_DOORS + " at most: only so many are called here",
              "name a balancer before them instead"));
    }
    DoorProbe probe =
        new DoorProbe(node.controlPlane(), authority.certificates(), identity, json, clock);
    boolean isProxied = urls.stream().anyMatch(url -> DoorProbe.proxy(url) != null);
    ProxyRule.judge(environment, isProxied).ifPresent(this::add);
    List<Running<DoorFacts>> running =
        urls.stream().map(url -> Deadline.begin(DOORS, () -> probe.look(url))).toList();
    List<DoorFacts> doors = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      DoorFacts facts;
      try {
        facts = running.get(i).result();
      } catch (OverException e) {
        facts =
            new DoorFacts(
                DoorProbe.door(urls.get(i)),
                null,
                new Look.Unreached(String.valueOf(e.getMessage())));
      }
      doors.add(facts);
      Instant now = clock.instant();
      DoorRule.judge(facts, identity != null, now).forEach(this::add);
    }
    add(ClockRule.judge(DoorRule.clock(doors)));
  }

  private void media() throws InterruptedException {
    MediaProbe probe = new MediaProbe(node.serve(), node.endpoint(), node.nodeId());
    Running<List<Finding>> running =
        Deadline.begin(MEDIA, () -> MediaRule.judge(probe.look(), isLoopback()));
    try {
      running.result().forEach(this::add);
    } catch (OverException e) {
      add(
          Finding.failed(
              MediaRule.PORT,
              node.serve().address() + ":" + node.serve().port() + ": " + e.getMessage(),
              "a free port, or this node's",
              "see who has it: `ss -ltnp`"));
    }
  }

  private boolean isLoopback() {
    URI endpoint = node.endpoint();
    try {
      return endpoint != null
          && MediaRule.isLoopback(
              List.of(InetAddress.getAllByName(NameProbe.bare(endpoint.getHost()))));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void disk() throws InterruptedException {
    Running<SpaceFacts> space =
        Deadline.begin(
            SPACE,
            () -> DiskProbe.space(node.store().directory(), node.store().maxBytes(), COUNTING));
    SpaceFacts facts;
    try {
      facts = space.result();
    } catch (OverException e) {
      hangs(SpaceRule.CHECK, e);
      return;
    }
    SpaceRule.judge(facts).forEach(this::add);
    if (facts.failure() != null) {
      return;
    }
    Running<SpeedFacts> speed =
        Deadline.begin(
            SPEED,
            () ->
                DiskProbe.speed(
                    facts.at(),
                    node.egressBitsPerSecond(),
                    node.store().maxBytes(),
                    measuredBytes,
                    WRITING));
    try {
      add(SpeedRule.judge(speed.result()));
    } catch (OverException e) {
      hangs(SpeedRule.CHECK, e);
    }
  }

  private void hangs(String check, OverException e) {
    add(
        Finding.failed(
            check,
            node.store().directory() + ": " + e.getMessage(),
            "a disk that answers",
            "look at the kernel's log: `dmesg -T`"));
  }
}
