package io.tributary.sim.scenario;

import io.tributary.sim.scenario.Catalogue.Placement;
import io.tributary.sim.scenario.Demand.Crowd;
import io.tributary.sim.scenario.Demand.Level;
import io.tributary.sim.scenario.Fault.Death;
import io.tributary.sim.scenario.Fault.FeedStops;
import io.tributary.sim.scenario.Fault.HeartbeatsLost;
import io.tributary.sim.scenario.Fault.LinkSlow;
import io.tributary.sim.scenario.Fault.NodeDies;
import io.tributary.sim.scenario.Fault.NodePauses;
import io.tributary.sim.scenario.Fault.SiteLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** The scenarios that are asked for by name. */
public final class Scenarios {
  /** Compared by default, in this order. */
  private static final Map<String, LongFunction<Scenario>> COMPARED = new LinkedHashMap<>();

  /** Too long, or too special, to be compared by default. */
  private static final Map<String, LongFunction<Scenario>> OTHERS = new LinkedHashMap<>();

  private static final Layout TWELVE_SITES = new Layout(12, 5, List.of(1_000_000_000L), 0.7, 0.15);
  private static final Catalogue FILMS = new Catalogue(500, 0.9, 4, 60, Placement.SPREAD, true);
  private static final Duration PLAY_LENGTH = Duration.ofSeconds(90);
  private static final List<Long> RATES = List.of(3_000_000L, 5_000_000L, 8_000_000L);
  private static final Duration LENGTH = Duration.ofMinutes(6);

  static {
    COMPARED.put("steady", seed -> scenario("steady", seed, steady(0.6)));
    COMPARED.put("evening", seed -> scenario("evening", seed, rising(0.3, 0.9)));
    COMPARED.put("ramp-110", seed -> scenario("ramp-110", seed, rising(0.3, 1.1)));
    COMPARED.put(
        "flash-crowd",
        seed ->
            scenario(
                "flash-crowd",
                seed,
                crowded(steady(0.5), new Crowd(seconds(120), seconds(300), 0.1, 40, 3))));
    COMPARED.put(
        "mixed-nodes",
        seed ->
            laidOut(
                scenario("mixed-nodes", seed, steady(0.7)),
                TWELVE_SITES.with(List.of(400_000_000L, 1_000_000_000L, 2_000_000_000L))));
    COMPARED.put("faults", Scenarios::faults);
    COMPARED.put(
        "site-lost",
        seed ->
            scenario("site-lost", seed, steady(0.5)).with(List.of(new SiteLost(seconds(180), 2))));
    COMPARED.put(
        "slow-heartbeats",
        seed -> {
          Scenario base = faults(seed);
          return named("slow-heartbeats", base.with(base.health().every(seconds(10))));
        });
    COMPARED.put(
        "feed-stops",
        seed ->
            scenario("feed-stops", seed, steady(0.6))
                .with(
                    List.of(
                        new FeedStops(seconds(120), seconds(60)),
                        new NodeDies(seconds(130), 7, Death.KILLED))));
    // What rivals are good at.
    COMPARED.put("one-title", seed -> scenario("one-title", seed, oneTitle()));
    COMPARED.put(
        "one-site",
        seed -> laidOut(scenario("one-site", seed, steady(0.5)), TWELVE_SITES.skewed(2.5)));
    COMPARED.put("uniform", Scenarios::uniform);
    COMPARED.put("hash-placed", Scenarios::hashPlaced);
    // What Tributary is today.
    COMPARED.put("no-fetching", Scenarios::noFetching);
    OTHERS.put("large", Scenarios::large);
    OTHERS.put("dead-nodes", Scenarios::deadNodes);
    OTHERS.put("false-alarms", Scenarios::falseAlarms);
  }

  private Scenarios() {}

  /** Names of those that are compared by default. */
  public static List<String> compared() {
    return List.copyOf(COMPARED.keySet());
  }

  /** All names. */
  public static List<String> all() {
    List<String> all = new ArrayList<>(COMPARED.keySet());
    all.addAll(OTHERS.keySet());
    return all;
  }

  /**
   * The scenario of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scenario of(String name, long seed) {
    LongFunction<Scenario> scenario = COMPARED.getOrDefault(name, OTHERS.get(name));
    if (scenario == null) {
      throw new IllegalArgumentException(
          "scenario is " + name + " (expected: one of " + String.join(", ", all()) + ")");
    }
    return scenario.apply(seed);
  }

  private static Scenario scenario(String name, long seed, Demand demand) {
    return new Scenario(name, seed, LENGTH, TWELVE_SITES, FILMS, demand, Health.USUAL, List.of());
  }

  /** Deaths, pauses, lost and late heartbeats, at any time and of any node. */
  private static Scenario faults(long seed) {
    SplittableRandom random = Chance.of(seed, "faults");
    SplittableRandom deaths = Chance.of(seed, "deaths");
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      faults.add(
          new NodeDies(seconds(30 + random.nextInt(300)), random.nextInt(60), anyDeath(deaths)));
      faults.add(new NodePauses(seconds(30 + random.nextInt(300)), random.nextInt(60), seconds(3)));
    }
    faults.add(new HeartbeatsLost(seconds(100), seconds(60), 0.05));
    faults.add(new LinkSlow(seconds(200), seconds(60), random.nextInt(12), millis(800)));
    return scenario("faults", seed, steady(0.6)).with(faults);
  }

  /** All alike: no node, site or package is anything special. */
  private static Scenario uniform(long seed) {
    return stocked(
        laidOut(scenario("uniform", seed, steady(0.6)), TWELVE_SITES.skewed(0)),
        new Catalogue(500, 0, 12, 12, Placement.SPREAD, true));
  }

  /** Every site holds everything where a consistent hash looks first. */
  private static Scenario hashPlaced(long seed) {
    return stocked(
        scenario("hash-placed", seed, steady(0.5)),
        new Catalogue(500, 0.9, 12, 12, Placement.BY_PATH_HASH, true));
  }

  /** A node never sends what was not placed on it, as Tributary's do today. */
  private static Scenario noFetching(long seed) {
    return stocked(
        scenario("no-fetching", seed, steady(0.5)),
        new Catalogue(500, 0.9, 4, 60, Placement.SPREAD, false));
  }

  /** Thousands of nodes and more than a million plays. */
  private static Scenario large(long seed) {
    return new Scenario(
        "large",
        seed,
        Duration.ofMinutes(10),
        new Layout(400, 5, List.of(2_000_000_000L), 0.7, 0.15),
        new Catalogue(5_000, 0.9, 4, 400, Placement.SPREAD, true),
        new Demand(List.of(new Level(Duration.ZERO, 0.7)), seconds(200), RATES, List.of()),
        Health.USUAL,
        List.of(new SiteLost(seconds(300), 5)));
  }

  /**
   * One node after another dies, so that nobody's death hides another's; of a hundred heartbeats
   * and probes five are lost.
   */
  private static Scenario deadNodes(long seed) {
    SplittableRandom random = Chance.of(seed, "faults");
    SplittableRandom deaths = Chance.of(seed, "deaths");
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Duration at = millis(20_000 + 15_000 * i + random.nextInt(10_000));
      faults.add(new NodeDies(at, 3 * i + random.nextInt(3), anyDeath(deaths)));
    }
    Scenario base = scenario("dead-nodes", seed, steady(0.02));
    return base.with(base.health().losing(0.05)).with(faults);
  }

  /**
   * Nobody dies: of a hundred heartbeats and probes five are lost, and each node stands still once
   * for three seconds. Not twice: two pauses that meet are one of up to six seconds.
   */
  private static Scenario falseAlarms(long seed) {
    SplittableRandom random = Chance.of(seed, "faults");
    List<Fault> faults = new ArrayList<>();
    for (int node = 0; node < TWELVE_SITES.sites() * TWELVE_SITES.nodesPerSite(); node++) {
      faults.add(new NodePauses(millis(10_000 + random.nextInt(330_000)), node, seconds(3)));
    }
    Scenario base = scenario("false-alarms", seed, steady(0.02));
    return base.with(base.health().losing(0.05)).with(faults);
  }

  private static Death anyDeath(SplittableRandom random) {
    return random.nextBoolean() ? Death.KILLED : Death.LOST;
  }

  private static Demand steady(double share) {
    return new Demand(List.of(new Level(Duration.ZERO, share)), PLAY_LENGTH, RATES, List.of());
  }

  private static Demand rising(double from, double to) {
    return new Demand(
        List.of(
            new Level(Duration.ZERO, from),
            new Level(seconds(60), from),
            new Level(seconds(240), to)),
        PLAY_LENGTH,
        RATES,
        List.of());
  }

  private static Demand oneTitle() {
    return crowded(steady(0.35), new Crowd(Duration.ZERO, LENGTH, 0.8, 0, Crowd.EVERYWHERE));
  }

  private static Demand crowded(Demand base, Crowd crowd) {
    return new Demand(base.levels(), base.meanPlayLength(), base.bitsPerSecond(), List.of(crowd));
  }

  private static Scenario laidOut(Scenario base, Layout layout) {
    return new Scenario(
        base.name(),
        base.seed(),
        base.length(),
        layout,
        base.catalogue(),
        base.demand(),
        base.health(),
        base.faults());
  }

  private static Scenario stocked(Scenario base, Catalogue catalogue) {
    return new Scenario(
        base.name(),
        base.seed(),
        base.length(),
        base.layout(),
        catalogue,
        base.demand(),
        base.health(),
        base.faults());
  }

  private static Scenario named(String name, Scenario base) {
    return new Scenario(
        name,
        base.seed(),
        base.length(),
        base.layout(),
        base.catalogue(),
        base.demand(),
        base.health(),
        base.faults());
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }
}
