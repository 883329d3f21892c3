package io.tributary.steering.reports;

import io.tributary.steering.location.ClientNetwork;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much clients complain of each node, counted so that few can do little.
 *
 * <p>A voice is a network (a /24 or /48) that reported on a node within the window. It complains if
 * any play of it had an error there; however many plays it has, and however often they repeat
 * themselves, it is one voice. A play speaks for one network, the first that it reported from: a
 * manifest passed around makes no second voice. With {@code c} complaining voices of {@code v},
 *
 * <pre>
 *   penalty = 0                     for c &lt; 3
 *   penalty = (c - 2) / (v + 10)    else; below 1
 * </pre>
 *
 * <p>Two networks may have troubles of their own, so they say nothing and are never counted. The
 * ten are content voices that every node has to begin with: where few are heard at all, a few that
 * complain weigh little. A share, not a number: the fewer plays a penalised node gets, the fewer
 * can complain, and its penalty must not end by that alone. And where an ISP or a title is what
 * fails, all nodes are blamed alike, and their order stays.
 *
 * <p>What {@code k} networks can do at most, if they lie together: a penalty of {@code (k - 2) / (k
 * + 10)}, and each other network that plays from the node without errors makes it less. Ranking
 * takes {@code RankingPolicy.mostPenalty} of that off the weight by which new plays find the node;
 * it excludes no node by it, and moves no play that runs. Who holds a large block of IPv6 has many
 * /48: it is this bound that holds for them.
 *
 * <p>The window is the half minute that runs and the one before: what is said counts for 30 to 60
 * s, then it is forgotten. Each half is bounded in plays, in plays of a network, in voices and in
 * voices of a node; beyond a bound, who comes later is not heard until the next half.
 *
 * <p>Pure: time is an argument. {@link #add} and {@link #settle} belong to one thread; {@link
 * #penalty} and {@link #penalised} are for many, never block, and take figures that were not
 * settled for a window for none at all.
 */
public final class ErrorReports {
  static final Duration HALF = Duration.ofSeconds(30);
  static final Duration WINDOW = HALF.multipliedBy(2);

  /** One or two networks are a neighbourhood, not a node's trouble. */
  static final int FEWEST_COMPLAINING = 3;

  /** Content voices that every node has to begin with. */
  static final int ASSUMED_CONTENT = 10;

  /** 650 plays that report a second. With the voices it is some 10 MB a half, at worst. */
  static final int MAX_PLAYS = 20_000;

  /** Enough to speak of all nodes near it; more of them would only take others' places. */
  static final int MAX_PLAYS_OF_A_NETWORK = 16;

  static final int MAX_VOICES = 50_000;

  /** Of so many the share is known well enough. */
  static final int MAX_VOICES_OF_A_NODE = 500;

  /** A manifest has no more. */
  static final int MAX_NODES_OF_A_REPORT = 8;

  private Half current = new Half();
  private Half previous = new Half();
  private Instant currentSince = Instant.EPOCH;
  private volatile Settled settled = new Settled(Instant.MIN, Map.of());

  /** Counts a report; one that was long on its way says nothing of now. */
  void add(Report report, Instant at) {
    turn(at);
    if (report.receivedAt().isBefore(at.minus(WINDOW))) {
      return;
    }
    ClientNetwork before = previous.networks.get(report.playbackId());
    ClientNetwork network =
        current.admit(report.playbackId(), before == null ? report.network() : before);
    if (network != null) {
      report.named().stream()
          .limit(MAX_NODES_OF_A_REPORT)
          .forEach(nodeId -> current.hear(nodeId, network, report.blamed().contains(nodeId)));
    }
  }

  /** Makes what was counted until now the penalties that are told. */
  void settle(Instant at) {
    turn(at);
    Map<String, Double> penalties = new HashMap<>();
    Set<String> nodeIds = new HashSet<>(current.voices.keySet());
    nodeIds.addAll(previous.voices.keySet());
    for (String nodeId : nodeIds) {
      Map<ClientNetwork, Boolean> voices =
          new HashMap<>(previous.voices.getOrDefault(nodeId, Map.of()));
      current
          .voices
          .getOrDefault(nodeId, Map.of())
          .forEach((network, complains) -> voices.merge(network, complains, Boolean::logicalOr));
      long complaining = voices.values().stream().filter(complains -> complains).count();
      if (complaining >= FEWEST_COMPLAINING) {
        penalties.put(
            nodeId, (complaining - (FEWEST_COMPLAINING - 1.0)) / (voices.size() + ASSUMED_CONTENT));
      }
    }
    settled = new Settled(at, Map.copyOf(penalties));
  }

  /** What clients report of a node, 0 for nothing to below 1. */
  public double penalty(String nodeId, Instant at) {
    return settled.penalties(at).getOrDefault(nodeId, 0.0);
  }

  /** How many nodes have a penalty. */
  public int penalised(Instant at) {
    return settled.penalties(at).size();
  }

  /** For tests of the bounds: plays and voices that are remembered. */
  int remembered() {
    return current.size() + previous.size();
  }

  private void turn(Instant at) {
    boolean isOver = !at.isBefore(currentSince.plus(HALF));
    boolean isSetBack = at.isBefore(currentSince.minus(HALF)); // or this half would last as long
    if (isOver || isSetBack) {
      previous = isOver && at.isBefore(currentSince.plus(WINDOW)) ? current : new Half();
      current = new Half();
      currentSince = at;
    }
  }

  /** Half a window. */
  private static final class Half {
    private final Map<String, ClientNetwork> networks = new HashMap<>();
    private final Map<ClientNetwork, Integer> plays = new HashMap<>();
    private final Map<String, Map<ClientNetwork, Boolean>> voices = new HashMap<>();
    private int voiceCount;

    /** The network that the play speaks for; null where there is no room for another play. */
    @Nullable ClientNetwork admit(String playbackId, ClientNetwork network) {
      ClientNetwork known = networks.get(playbackId);
      if (known != null) {
        return known;
      }
      if (networks.size() == MAX_PLAYS
          || plays.getOrDefault(network, 0) == MAX_PLAYS_OF_A_NETWORK) {
        return null;
      }
      networks.put(playbackId, network);
      plays.merge(network, 1, Integer::sum);
      return network;
    }

    void hear(String nodeId, ClientNetwork network, boolean complains) {
      Map<ClientNetwork, Boolean> ofNode = voices.getOrDefault(nodeId, Map.of());
      if (!ofNode.containsKey(network)) {
        if (voiceCount == MAX_VOICES || ofNode.size() == MAX_VOICES_OF_A_NODE) {
          return;
        }
        voiceCount++;
      }
      voices
          .computeIfAbsent(nodeId, _ -> new HashMap<>())
          .merge(network, complains, Boolean::logicalOr);
    }

    int size() {
      return networks.size() + voiceCount;
    }
  }

  /** Penalties as of a time. */
  private record Settled(Instant at, Map<String, Double> byNode) {
    /** The feed may have stopped, with all that it knew. */
    Map<String, Double> penalties(Instant now) {
      return now.isAfter(at.plus(WINDOW)) ? Map.of() : byNode;
    }
  }
}
