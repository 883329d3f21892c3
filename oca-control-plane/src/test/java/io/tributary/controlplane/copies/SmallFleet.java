package io.tributary.controlplane.copies;

import io.tributary.controlplane.copies.CopyFacts.Evidence;
import io.tributary.controlplane.copies.CopyState.Deleting;
import io.tributary.controlplane.copies.CopyState.Placed;
import io.tributary.controlplane.copies.CopyState.Waiting;
import io.tributary.controlplane.copies.CopyState.Withdrawn;
import io.tributary.controlplane.copies.CopyStep.Become;
import io.tributary.controlplane.copies.CopyStep.Forget;
import io.tributary.controlplane.copies.CopyStep.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A fleet of a few nodes and packages around the rules of {@link CopyLife}: one state of it, and
 * everything that can happen next. Package 0 is the title that can be purged.
 *
 * <p>Modelled as production is: plans, holdings and the purge list are kept; Kafka has the last
 * word of whoever wrote last; one replica may still decide from the plan before the last (until the
 * next tick); the planner looks once a tick at least, and reads Kafka late (by at most a tick);
 * what is to be said may be lost and is mended later; inventories are lost, doubled and overtake
 * each other; nodes crash and forget all but what they keep on disk; steering and players are led
 * by what Kafka said up to {@link #LED} ticks ago.
 */
final class SmallFleet {
  /** For how many ticks after Kafka took a name back somebody may still be led there. */
  static final int LED = 2;

  /** For how many ticks a replica may decide from what it read before. */
  static final int LATE = 1;

  /** As long as somebody may be led, by the latest who says so; a tick is a second. */
  static final Duration WAIT = Duration.ofSeconds(LED + LATE);

  private static final Instant NOW = Instant.EPOCH.plusSeconds(1_000);
  private static final int MAX_IN_FLIGHT = 2;

  private static final String[] WISHES = {"wish for 0 changed", "wish for 1 changed"};
  private static final String[] FETCHES = {"fetches 0", "fetches 1"};
  private static final String[] DELETES = {"deletes 0", "deletes 1"};

  /** What is explored: the production's rules, or a wrong variant of them. */
  interface Rules {
    CopyStep next(Optional<CopyState> state, CopyFacts facts);

    boolean mayBeNamed(CopyState state, boolean isPurged, Evidence evidence);
  }

  /** Breaks what must always hold. */
  static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    /**
     * Of a fault.
     *
     * @param way the steps that led there
     */
    BrokenException(String what, String way) {
      super(what + " after\n" + way);
      this.what = what;
    }

    String what() {
      return what;
    }
  }

  /** What a replica knows of a node's plan. */
  private static final class Known {
    int version;
    @Nullable CopyState[] copies;

    Known(int version, @Nullable CopyState[] copies) {
      this.version = version;
      this.copies = copies.clone();
    }
  }

  private record Sent(int version, int held) {}

  private static final class Node {
    int wanted;
    Known plan;
    Known planBefore;
    Evidence[] confirmed;
    int said;
    int saidAsRead;
    int[] led;

    /** Whether somebody may be led to package 0 that was purged: no wait is kept for a purge. */
    int purgedWhileLed;

    List<Sent> inFlight = new ArrayList<>();

    boolean isUp = true;
    boolean mayServe = true;
    int obeyedVersion;
    int obeyedPlan;
    int obeyedFetch;
    int disk;
    int obeyedPurge;
    boolean refuses;

    Node(int packages) {
      plan = new Known(0, new @Nullable CopyState[packages]);
      planBefore = plan;
      confirmed = new Evidence[packages];
      for (int i = 0; i < packages; i++) {
        confirmed[i] = Evidence.NONE;
      }
      led = new int[packages];
    }

    Node copy() {
      Node copy = new Node(led.length);
      copy.wanted = wanted;
      copy.plan = new Known(plan.version, plan.copies);
      copy.planBefore = new Known(planBefore.version, planBefore.copies);
      copy.confirmed = confirmed.clone();
      copy.said = said;
      copy.saidAsRead = saidAsRead;
      copy.led = led.clone();
      copy.purgedWhileLed = purgedWhileLed;
      copy.inFlight = new ArrayList<>(inFlight);
      copy.isUp = isUp;
      copy.mayServe = mayServe;
      copy.obeyedVersion = obeyedVersion;
      copy.obeyedPlan = obeyedPlan;
      copy.obeyedFetch = obeyedFetch;
      copy.disk = disk;
      copy.obeyedPurge = obeyedPurge;
      copy.refuses = refuses;
      return copy;
    }
  }

  private final Rules rules;
  private final int packages;
  private final Node[] nodes;
  private int changesLeft;
  private boolean isPurged;
  private int purgeVersion;
  private boolean wasPurged;
  private int purgeVersionBefore;
  private boolean isDeletedTooEarly;

  private SmallFleet(Rules rules, int packages, Node[] nodes, int changesLeft) {
    this.rules = rules;
    this.packages = packages;
    this.nodes = nodes;
    this.changesLeft = changesLeft;
  }

  /**
   * A fleet that holds nothing.
   *
   * @param changes how often the wish for a copy, or the purge, may change
   */
  static SmallFleet empty(Rules rules, int nodes, int packages, int changes) {
    Node[] all = new Node[nodes];
    for (int i = 0; i < nodes; i++) {
      all[i] = new Node(packages);
    }
    return new SmallFleet(rules, packages, all, changes);
  }

  private SmallFleet copy() {
    Node[] all = new Node[nodes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = nodes[i].copy();
    }
    SmallFleet copy = new SmallFleet(rules, packages, all, changesLeft);
    copy.isPurged = isPurged;
    copy.purgeVersion = purgeVersion;
    copy.wasPurged = wasPurged;
    copy.purgeVersionBefore = purgeVersionBefore;
    return copy;
  }

  /** Takes a state that can come next. */
  interface Steps {
    void take(String what, int node, SmallFleet next);
  }

  /** Every state that can come next; those of an operator's changes apart from the fleet's own. */
  void next(Steps byOperator, Steps byItself) {
    if (changesLeft > 0) {
      operatorActs(byOperator);
    }
    step(byItself, "a tick", 0, fleet -> fleet.tick(true));
    step(byItself, "a tick, and what is taken back is lost", 0, fleet -> fleet.tick(false));
    for (int i = 0; i < nodes.length; i++) {
      int at = i;
      step(byItself, "planned", at, fleet -> fleet.plans(at, true));
      step(
          byItself, "planned, and what is taken back is lost", at, fleet -> fleet.plans(at, false));
      step(byItself, "mended", at, fleet -> fleet.mends(at));
      step(byItself, "read back", at, fleet -> fleet.nodes[at].saidAsRead = fleet.nodes[at].said);
      for (int m = 0; m < nodes[at].inFlight.size(); m++) {
        int message = m;
        step(byItself, "inventory lost", at, fleet -> fleet.nodes[at].inFlight.remove(message));
        for (boolean isDoubled : new boolean[] {false, true}) {
          step(
              byItself,
              isDoubled ? "inventory taken, and comes again" : "inventory taken",
              at,
              fleet -> fleet.takes(at, message, isDoubled, fleet.nodes[at].plan, fleet.isPurged));
          step(
              byItself,
              isDoubled ? "inventory taken late, and comes again" : "inventory taken late",
              at,
              fleet ->
                  fleet.takes(at, message, isDoubled, fleet.nodes[at].planBefore, fleet.wasPurged));
        }
      }
      if (!nodes[at].isUp) {
        step(byItself, "started", at, fleet -> fleet.starts(at));
        continue;
      }
      step(byItself, "crashed", at, fleet -> fleet.nodes[at].isUp = false);
      step(byItself, "hears its plan", at, fleet -> fleet.hears(at, fleet.nodes[at].plan));
      step(
          byItself,
          "hears its plan before",
          at,
          fleet -> fleet.hears(at, fleet.nodes[at].planBefore));
      step(
          byItself,
          "hears the purges",
          at,
          fleet -> fleet.hearsPurges(at, fleet.purgeVersion, fleet.isPurged));
      step(
          byItself,
          "hears the purges before",
          at,
          fleet -> fleet.hearsPurges(at, fleet.purgeVersionBefore, fleet.wasPurged));
      step(byItself, "sends an inventory", at, fleet -> fleet.sends(at));
      for (int p = 0; p < packages; p++) {
        int one = p;
        step(byItself, FETCHES[one], at, fleet -> fleet.fetches(at, one));
        step(byItself, DELETES[one], at, fleet -> fleet.deletes(at, one));
      }
    }
  }

  private void operatorActs(Steps byOperator) {
    for (int i = 0; i < nodes.length; i++) {
      for (int p = 0; p < packages; p++) {
        SmallFleet changed = copy();
        changed.changesLeft--;
        changed.nodes[i].wanted ^= 1 << p;
        byOperator.take(WISHES[p], i, changed);
      }
    }
    // What is to be taken back from Kafka at once may be lost.
    for (boolean isTakenBack : new boolean[] {true, false}) {
      SmallFleet changed = copy();
      changed.changesLeft--;
      changed.purges(isTakenBack);
      byOperator.take(
          isTakenBack ? "purged or lifted" : "purged or lifted, and nothing taken back",
          0,
          changed);
    }
  }

  private void step(Steps then, String what, int node, Consumer<SmallFleet> change) {
    SmallFleet changed = copy();
    change.accept(changed);
    then.take(what, node, changed);
  }

  private void purges(boolean isTakenBack) {
    wasPurged = isPurged;
    purgeVersionBefore = purgeVersion;
    isPurged = !isPurged;
    purgeVersion++;
    for (Node node : nodes) {
      if (isPurged && (node.said & 1) + node.led[0] > 0) {
        node.purgedWhileLed = 1;
      }
      if (isPurged && isTakenBack) {
        node.said &= ~1;
      }
    }
  }

  /**
   * A second, in which the planner looks at every node; then replicas have read what is new, and
   * what was said a while ago is forgotten.
   */
  private void tick(boolean isTakenBack) {
    for (int i = 0; i < nodes.length; i++) {
      plans(i, isTakenBack);
    }
    wasPurged = isPurged;
    purgeVersionBefore = purgeVersion;
    for (Node node : nodes) {
      node.planBefore = node.plan;
      node.saidAsRead = node.said;
      for (int p = 0; p < packages; p++) {
        if (isSet(node.said, p)) {
          node.led[p] = LED;
        } else if (node.led[p] > 0) {
          node.led[p]--;
        }
        age(node.plan.copies, p);
      }
      boolean isTold = node.inFlight.isEmpty() && node.confirmed[0].isHeld() == isSet(node.disk, 0);
      if (node.led[0] == 0 && !isSet(node.said, 0) && isTold) {
        node.purgedWhileLed = 0;
      }
    }
  }

  /** Times are kept from now: what is younger by a tick began a tick earlier. */
  private static void age(@Nullable CopyState[] copies, int p) {
    if (copies[p] instanceof Waiting(Instant since)) {
      Instant earlier = since.minusSeconds(1);
      Instant oldest = NOW.minus(WAIT);
      copies[p] = new Waiting(earlier.isBefore(oldest) ? oldest : earlier);
    }
  }

  /** The planner looks at a node; what it takes back from Kafka may be lost. */
  private void plans(int at, boolean isTakenBack) {
    Node node = nodes[at];
    Known fresh = new Known(node.plan.version + 1, node.plan.copies);
    boolean isChanged = false;
    for (int p = 0; p < packages; p++) {
      CopyFacts facts =
          new CopyFacts(
              isSet(node.wanted, p),
              p == 0 && isPurged,
              false,
              isSet(node.saidAsRead, p),
              node.confirmed[p],
              fresh.version,
              NOW);
      switch (rules.next(Optional.ofNullable(node.plan.copies[p]), facts)) {
        case Stay _ -> {}
        case Become(CopyState next, var _) -> {
          fresh.copies[p] = next;
          isChanged = true;
          if (isTakenBack && !(next instanceof Placed)) {
            node.said &= ~(1 << p);
          }
        }
        case Forget _ -> {
          fresh.copies[p] = null;
          isChanged = true;
        }
      }
    }
    if (isChanged) {
      node.planBefore = node.plan;
      node.plan = fresh;
    }
  }

  private void mends(int at) {
    Node node = nodes[at];
    for (int p = 0; p < packages; p++) {
      say(node, p, mayBeNamed(node, node.plan, p, isPurged));
    }
  }

  private boolean mayBeNamed(Node node, Known plan, int p, boolean purged) {
    CopyState state = plan.copies[p];
    return state != null && rules.mayBeNamed(state, p == 0 && purged, node.confirmed[p]);
  }

  private static void say(Node node, int p, boolean isNamed) {
    if (isNamed) {
      node.said |= 1 << p;
      node.led[p] = LED;
    } else {
      node.said &= ~(1 << p);
    }
  }

  /**
   * A replica takes an inventory and says at once what is new, by what it knows of plan and purge.
   */
  private void takes(int at, int message, boolean isDoubled, Known plan, boolean purged) {
    Node node = nodes[at];
    Sent sent = isDoubled ? node.inFlight.get(message) : node.inFlight.remove(message);
    int version = Math.min(sent.version(), plan.version);
    for (int p = 0; p < packages; p++) {
      boolean isHeld = plan.copies[p] != null && isSet(sent.held(), p);
      node.confirmed[p] = new Evidence(version, isHeld);
      if (!isHeld) {
        say(node, p, false);
      } else if (mayBeNamed(node, plan, p, purged)) {
        say(node, p, true);
        if (p == 0 && isPurged) {
          node.purgedWhileLed = 1;
        }
      }
    }
  }

  private void starts(int at) {
    nodes[at].isUp = true;
    nodes[at].mayServe = false;
  }

  /** A node reads a plan, and keeps the newer of that and its own. */
  private void hears(int at, Known plan) {
    Node node = nodes[at];
    if (plan.version <= node.obeyedVersion) {
      return;
    }
    node.obeyedVersion = plan.version;
    node.obeyedPlan = 0;
    node.obeyedFetch = 0;
    for (int p = 0; p < packages; p++) {
      CopyState state = plan.copies[p];
      if (state != null && state.isInPlan()) {
        node.obeyedPlan |= 1 << p;
        node.obeyedFetch |= state instanceof Placed ? 1 << p : 0;
      }
    }
  }

  private void hearsPurges(int at, int version, boolean purged) {
    Node node = nodes[at];
    if (version >= node.obeyedPurge) {
      node.obeyedPurge = version;
      node.refuses = purged;
      node.mayServe = true;
    }
  }

  private void sends(int at) {
    Node node = nodes[at];
    Sent sent = new Sent(node.obeyedVersion, node.disk);
    if (node.inFlight.size() < MAX_IN_FLIGHT && !node.inFlight.contains(sent)) {
      node.inFlight.add(sent);
      node.inFlight.sort(
          (a, b) -> a.version() == b.version() ? a.held() - b.held() : a.version() - b.version());
    }
  }

  private void fetches(int at, int p) {
    Node node = nodes[at];
    if (isSet(node.obeyedFetch, p) && !(p == 0 && node.refuses)) {
      node.disk |= 1 << p;
    }
  }

  private void deletes(int at, int p) {
    Node node = nodes[at];
    boolean isRefused = p == 0 && node.refuses;
    if (!isSet(node.disk, p) || (isSet(node.obeyedPlan, p) && !isRefused)) {
      return;
    }
    if (isRefused) {
      // Also by a list that was lifted meanwhile: the next inventory tells.
      node.purgedWhileLed = 1;
    }
    boolean isPurge = isRefused || (p == 0 && node.purgedWhileLed == 1);
    if (!isPurge && (isSet(node.said, p) || node.led[p] > 0)) {
      isDeletedTooEarly = true;
    }
    node.disk &= ~(1 << p);
  }

  /** What must hold in every state, and does not. */
  Optional<String> fault() {
    if (isDeletedTooEarly) {
      return Optional.of("a copy is deleted while somebody may be led to it");
    }
    for (Node node : nodes) {
      for (int p = 0; p < packages; p++) {
        boolean isExempt = p == 0 && node.purgedWhileLed == 1;
        if (isSet(node.said, p) && !isSet(node.disk, p) && !isExempt) {
          return Optional.of("a copy is named and not held");
        }
        if (isSet(node.said, p) && !node.confirmed[p].isHeld() && !isExempt) {
          return Optional.of("a copy is named and not confirmed");
        }
        if (node.plan.copies[p] == null && isSet(node.disk, p)) {
          return Optional.of("a copy is believed gone and is held");
        }
      }
      boolean isServed = node.isUp && node.mayServe && isSet(node.disk, 0) && !node.refuses;
      if (isServed && isPurged && node.obeyedPurge >= purgeVersion) {
        return Optional.of("a purged title is served by a node that has obeyed");
      }
    }
    return Optional.empty();
  }

  /** Whether every copy is as wished: held, confirmed and named; or nowhere. */
  boolean isGoal() {
    for (Node node : nodes) {
      for (int p = 0; p < packages; p++) {
        boolean isWished = isSet(node.wanted, p) && !(p == 0 && isPurged);
        boolean isThere =
            node.plan.copies[p] instanceof Placed && isSet(node.disk, p) && isSet(node.said, p);
        boolean isNowhere =
            node.plan.copies[p] == null && !isSet(node.disk, p) && !isSet(node.said, p);
        if (isWished ? !isThere : !isNowhere) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSet(int bits, int p) {
    return (bits & 1 << p) != 0;
  }

  /**
   * The state as a text; of equal texts the same can happen. Versions matter by their order alone,
   * so each stands for its rank among the node's own.
   */
  String key() {
    StringBuilder key = new StringBuilder();
    key.append((char) changesLeft).append(isPurged ? 'p' : '-').append(wasPurged ? 'p' : '-');
    TreeSet<Integer> lists = new TreeSet<>(List.of(purgeVersion, purgeVersionBefore));
    for (Node node : nodes) {
      lists.add(node.obeyedPurge);
    }
    key.append(rank(lists, purgeVersion)).append(rank(lists, purgeVersionBefore));
    for (Node node : nodes) {
      append(key, node, rank(lists, node.obeyedPurge));
    }
    return key.toString();
  }

  private void append(StringBuilder key, Node node, char obeyedPurge) {
    TreeSet<Integer> versions = new TreeSet<>();
    versions.add(node.plan.version);
    versions.add(node.planBefore.version);
    versions.add(node.obeyedVersion);
    node.inFlight.forEach(sent -> versions.add(sent.version()));
    for (int p = 0; p < packages; p++) {
      versions.add((int) node.confirmed[p].contentVersion());
      addSince(versions, node.plan.copies[p]);
      addSince(versions, node.planBefore.copies[p]);
    }
    key.append((char) (node.wanted | node.said << 4 | node.saidAsRead << 8 | node.disk << 12))
        .append((char) (node.obeyedPlan | node.obeyedFetch << 4 | node.purgedWhileLed << 8))
        .append((char) ((node.isUp ? 1 : 0) | (node.mayServe ? 2 : 0) | (node.refuses ? 4 : 0)))
        .append(obeyedPurge)
        .append(rank(versions, node.plan.version))
        .append(rank(versions, node.planBefore.version))
        .append(rank(versions, node.obeyedVersion));
    for (int p = 0; p < packages; p++) {
      key.append((char) node.led[p])
          .append(rank(versions, (int) node.confirmed[p].contentVersion()))
          .append(node.confirmed[p].isHeld() ? 'h' : '-');
      append(key, versions, node.plan.copies[p]);
      append(key, versions, node.planBefore.copies[p]);
    }
    key.append((char) node.inFlight.size());
    node.inFlight.forEach(
        sent -> key.append(rank(versions, sent.version())).append((char) sent.held()));
  }

  private static void addSince(SortedSet<Integer> versions, @Nullable CopyState state) {
    switch (state) {
      case Placed(long since) -> versions.add((int) since);
      case Deleting(long since) -> versions.add((int) since);
      case null, default -> {}
    }
  }

  private static void append(
      StringBuilder key, SortedSet<Integer> versions, @Nullable CopyState state) {
    switch (state) {
      case null -> key.append('.');
      case Placed(long since) -> key.append('P').append(rank(versions, (int) since));
      case Withdrawn _ -> key.append('W');
      case Waiting(Instant since) ->
          key.append('A').append((char) Duration.between(since, NOW).toSeconds());
      case Deleting(long since) -> key.append('D').append(rank(versions, (int) since));
    }
  }

  private static char rank(SortedSet<Integer> versions, int version) {
    return (char) versions.headSet(version).size();
  }
}
