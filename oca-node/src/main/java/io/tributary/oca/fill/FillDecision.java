package io.tributary.oca.fill;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.oca.store.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be done so that the store becomes what the plan says. Pure.
 *
 * @param fill not held, or held with other content than the plan's, in the plan's order; nothing
 *     that leaves
 * @param repair held with files dropped
 * @param delete not in the plan for long enough
 * @param unplanned not in the plan, and since when; to be given to the next decision
 */
public record FillDecision(
    List<PlannedPackage> fill,
    List<PlannedPackage> repair,
    List<PackageRef> delete,
    Map<PackageRef, Instant> unplanned) {
  /**
   * Decides.
   *
   * @param held in the store's index
   * @param begun in the store, not held yet
   * @param purgedTitles of which nothing is filled, and everything goes at once
   * @param unplannedBefore as the last decision told
   * @param deleteAfter how long a held package stays after it left the plan; begun ones go at once
   */
  public static FillDecision of(
      ContentPlan plan,
      Collection<Held> held,
      Collection<PackageRef> begun,
      Set<String> purgedTitles,
      Map<PackageRef, Instant> unplannedBefore,
      Duration deleteAfter,
      Instant now) {
    Map<PackageRef, Held> byRef = new HashMap<>();
    held.forEach(one -> byRef.put(one.ref(), one));
    Set<PackageRef> planned = new HashSet<>();
    List<PlannedPackage> fill = new ArrayList<>();
    List<PlannedPackage> repair = new ArrayList<>();
    for (PlannedPackage one : plan.packages()) {
      if (purgedTitles.contains(one.titleId()) || !planned.add(one.ref()) || one.leaving()) {
        continue;
      }
      Held here = byRef.get(one.ref());
      if (here == null || !here.manifestSha256().equals(one.manifestSha256())) {
        fill.add(one);
      } else if (!here.isWhole()) {
        repair.add(one);
      }
    }
    List<PackageRef> delete = new ArrayList<>();
    Map<PackageRef, Instant> unplanned = new HashMap<>();
    for (Held one : held) {
      boolean isTold = plan.contentVersion() != 0 || purgedTitles.contains(one.ref().titleId());
      if (isTold && !planned.contains(one.ref())) {
        Instant since = unplannedBefore.getOrDefault(one.ref(), now);
        boolean isPurged = purgedTitles.contains(one.ref().titleId());
        if (!isPurged && since.plus(deleteAfter).isAfter(now)) {
          unplanned.put(one.ref(), since);
        } else {
          delete.add(one.ref());
        }
      }
    }
    begun.stream()
        .filter(ref -> plan.contentVersion() != 0 || purgedTitles.contains(ref.titleId()))
        .filter(ref -> !planned.contains(ref) && !byRef.containsKey(ref))
        .forEach(delete::add);
    return new FillDecision(
        List.copyOf(fill), List.copyOf(repair), List.copyOf(delete), Map.copyOf(unplanned));
  }
}
