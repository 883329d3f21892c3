package io.tributary.steering.nearness;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.steering.location.ClientLocator;
import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.Geography;
import io.tributary.steering.location.Grants;
import io.tributary.steering.location.PrefixTable;
import io.tributary.steering.location.RouteIntake;
import io.tributary.steering.location.SitePlace;
import io.tributary.steering.location.Sites;
import io.tributary.steering.location.source.NodeRoutes;
import io.tributary.steering.location.source.SourceReport;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.KnownNode;
import io.tributary.steering.snapshot.KnownSite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes {@link Nearness} anew when sites, what their routers announce, or the operator's files
 * change, on a thread of its own: decisions never wait for it, they see the one before. Until the
 * first one is made, every site is as near as any other. Reading it is safe for use by many
 * threads.
 */
public final class NearnessFeed implements Supplier<Nearness> {
  private static final Logger log = LoggerFactory.getLogger(NearnessFeed.class);

  /** A site that joins is as far as can be for so long. */
  private static final Duration SITES_SEEN_WITHIN = Duration.ofSeconds(1);

  /** Of a node whose site nobody has described. */
  private static final String NO_NETWORK = "";

  private final NearnessConfig config;
  private final Fleet fleet;
  private final OperatorFiles files;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("nearness").unstarted(this::run);
  private volatile Nearness now;

  private SortedMap<String, KnownSite> describedBefore = new TreeMap<>();
  private SortedMap<String, RoutesJudged> routesBefore = new TreeMap<>();
  private SortedMap<String, SitePlace> placesBefore = new TreeMap<>();
  private @Nullable Instant lookedAt;

  /**
   * Knows nothing before {@link #start}.
   *
   * @param stateDirectory of this process alone
   */
  public NearnessFeed(
      NearnessConfig config, Fleet fleet, Path stateDirectory, InstantSource clock) {
    this.config = config;
    this.fleet = fleet;
    this.files = new OperatorFiles(config, stateDirectory.resolve("routes"));
    this.clock = clock;
    Sites none = new Sites(List.of());
    this.now =
        new Nearness(
            new ClientLocator(PrefixTable.EMPTY, none, Geography.UNKNOWN, null),
            List.of(),
            0,
            null);
  }

  @Override
  public Nearness get() {
    return now;
  }

  /** Makes the first one at once, and begins to follow; call once. */
  public void start() {
    follow();
    thread.start();
  }

  /** Follows no longer; waits a few seconds at most. */
  public void stop() throws InterruptedException {
    closing.countDown();
    boolean ended = thread.join(Duration.ofSeconds(3));
    log.debug("nearness=closed ended={}", ended);
  }

  private void run() {
    try {
      while (!closing.await(SITES_SEEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        follow();
      }
    } catch (InterruptedException e) {
      log.debug("nearness=interrupted"); // nobody does, and it would be time to go
    }
  }

  /** Whatever goes wrong, what is known goes on, and so does this thread. */
  private void follow() {
    try {
      refresh();
    } catch (RuntimeException e) {
      log.error("nearness=failed", e);
    }
  }

  /** Looks for changes, and makes another one if there are any. */
  void refresh() {
    FleetSnapshot snapshot = fleet.snapshot();
    SortedMap<String, SitePlace> places = places(snapshot);
    boolean isOther =
        now.madeAt() == null
            || !snapshot.sites().equals(describedBefore)
            || !snapshot.routes().equals(routesBefore)
            || !places.equals(placesBefore);
    Instant at = clock.instant();
    if (lookedAt == null
        || Duration.between(lookedAt, at).abs().compareTo(config.lookInterval()) >= 0) {
      lookedAt = at;
      isOther |= files.look();
    }
    if (isOther) {
      describedBefore = snapshot.sites();
      routesBefore = snapshot.routes();
      placesBefore = places;
      make(snapshot, places, at);
    }
  }

  private void make(FleetSnapshot snapshot, SortedMap<String, SitePlace> places, Instant at) {
    long began = System.nanoTime();
    Grants grants = new Grants(snapshot.sites().values().stream().map(KnownSite::grant).toList());
    RouteIntake intake = new RouteIntake(new Sites(places.values()), grants);
    OperatorFiles.Contents contents = files.read(intake);
    List<SourceReport> reports = new ArrayList<>(contents.reports());
    NodeRoutes nodes = new NodeRoutes(intake);
    for (RoutesJudged page : snapshot.routes().values()) {
      SourceReport report = nodes.read(page);
      if (!report.setAside().isEmpty()) {
        reports.add(report); // a thousand nodes that are well would hide the operator's files
      }
    }
    PrefixTable table = intake.table();
    Sites sites = new Sites(withCoordinates(places, contents.coordinates()));
    now =
        new Nearness(
            new ClientLocator(
                table,
                sites,
                contents.geography(),
                config.defaultSite().isEmpty() ? null : config.defaultSite()),
            List.copyOf(reports),
            table.size(),
            at);
    log.info(
        "nearness=made sites={} prefixes={} tookMillis={}",
        places.size(),
        table.size(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    for (SourceReport report : reports) {
      report
          .problem()
          .ifPresent(problem ->
              log.warn("nearness=source-broken source={} reason=\"{}\"", report.source(), problem));
      report
          .setAside()
          .forEach((reason, count) ->
              log.info(
                  "nearness=set-aside source={} reason={} count={}",
                  report.source(),
                  reason.word(),
                  count));
    }
  }

  /** Described sites, and those that nodes stand at. */
  private static SortedMap<String, SitePlace> places(FleetSnapshot snapshot) {
    SortedMap<String, SitePlace> places = new TreeMap<>();
    for (KnownNode node : snapshot.nodes().values()) {
      places.put(node.siteId(), new SitePlace(node.siteId(), NO_NETWORK, null));
    }
    snapshot.sites().values().forEach(site -> places.put(site.place().siteId(), site.place()));
    return places;
  }

  /** What the control plane was told goes before what a file says. */
  private static List<SitePlace> withCoordinates(
      SortedMap<String, SitePlace> places, Map<String, Coordinates> told) {
    return places.values().stream()
        .map(site ->
            site.coordinates() == null && told.containsKey(site.siteId())
                ? new SitePlace(site.siteId(), site.networkId(), told.get(site.siteId()))
                : site)
        .toList();
  }
}
