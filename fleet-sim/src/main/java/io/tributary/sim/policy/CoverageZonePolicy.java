package io.tributary.sim.policy;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.sim.world.Client;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.PathRings;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.Site;
import io.tributary.sim.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Traffic Router of Apache Traffic Control, after its documentation: the client's coverage zone
 * names its cache group, or else geography the nearest; a consistent hash of the path over the
 * group's available caches orders them, and the first {@code dispersion} of them take turns at
 * being the first. Where a group has none available the next nearest group is asked. A cache whose
 * load is beyond a threshold is not available, and is again once a report is below.
 *
 * <p>It does not know who holds what. A group is a site. The further ones in the hash's order, and
 * then those of the next group, are named after the first, as its client steering and JSON answers
 * do.
 */
public final class CoverageZonePolicy implements SteeringPolicy {
  private final Settings settings;
  private final PathRings rings;
  private final List<List<Site>> groups = new ArrayList<>();
  private final boolean[] healthy;
  private final double[] loads;

  /**
   * What its operators set.
   *
   * @param dispersion caches that share one path's first requests
   * @param availableBelow the load, as a share of capacity, beyond which a cache is not available
   * @param backups further groups that are asked
   */
  public record Settings(int dispersion, double availableBelow, int backups) {
    /** As documented: no dispersion, and 1.75 of 10 Gb/s kept free. */
    public static final Settings PUBLISHED = new Settings(1, 0.825, 3);

    /** What the search found, see {@code ./tributary sim tune --seed 1000}. */
    public static final Settings TUNED = new Settings(1, 0.859, 2);

    /** What the search draws from. */
    public static Settings any(SplittableRandom random) {
      return new Settings(
          1 + random.nextInt(5), 0.6 + 0.4 * random.nextDouble(), 1 + random.nextInt(11));
    }
  }

  /** A replica with these settings. */
  public CoverageZonePolicy(World world, Settings settings) {
    this.settings = settings;
    this.rings = new PathRings(world.nodes(), world.sites().size());
    this.healthy = new boolean[world.nodes().size()];
    Arrays.fill(healthy, true);
    this.loads = new double[world.nodes().size()];
    for (Client client : world.clients()) {
      groups.add(
          world.sites().stream()
              .sorted(
                  Comparator.<Site, Boolean>comparing(site -> !site.equals(client.home()))
                      .thenComparingDouble(site -> world.kilometres(client, site)))
              .limit(1L + settings.backups)
              .toList());
    }
  }

  @Override
  public Choice choose(Question question, Instant at) {
    List<Node> named = new ArrayList<>(MAX_NODES);
    for (Site group : groups.get(question.client().index())) {
      boolean isFirst = named.isEmpty();
      for (Node node : rings.order(group.index(), question.pack().ref().path())) {
        if (named.size() < MAX_NODES && isAvailable(node)) {
          named.add(node);
        }
      }
      if (isFirst && named.size() > 1) {
        int first = Math.floorMod(question.play(), Math.min(settings.dispersion, named.size()));
        named.addFirst(named.remove(first));
      }
      if (named.size() == MAX_NODES) {
        break;
      }
    }
    return named.isEmpty() ? new Choice.Refused("no cache is available") : new Choice.Named(named);
  }

  @Override
  public Choice consider(Question question, Instant at) {
    return choose(question, at);
  }

  private boolean isAvailable(Node node) {
    return healthy[node.index()]
        && loads[node.index()] <= settings.availableBelow * node.egressCapacityBitsPerSecond();
  }

  @Override
  public void told(Node node, NodeVerdict verdict, Instant at) {
    healthy[node.index()] = verdict.health() == NodeHealth.HEALTHY;
    loads[node.index()] = verdict.load().egressBitsPerSecond();
  }
}
