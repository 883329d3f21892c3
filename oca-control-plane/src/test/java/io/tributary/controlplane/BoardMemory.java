package io.tributary.controlplane;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PackageHeld;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.PlannedCopy;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.fill.HoldingHead;
import io.tributary.controlplane.fill.HoldingStore;
import io.tributary.controlplane.fill.NodeHoldings;
import io.tributary.controlplane.placement.KnownPackage;
import io.tributary.controlplane.placement.PackageBoard;
import io.tributary.controlplane.placement.PlacementStore;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.placement.PlanHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a replica's boards take of the heap, by fleet: {@code BoardMemory NODES PACKAGES_A_NODE
 * COPIES}. Every string is made anew, as it comes from Cassandra and Kafka. No test: it prints a
 * figure for docs/operations.md.
 */
final class BoardMemory {
  private BoardMemory() {}

  public static void main(String[] arguments) throws InterruptedException {
    Numbers fleet =
        new Numbers(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]));
    long before = HeapUse.bytes();
    PackageBoard packages = new PackageBoard(fleet);
    packages.refresh(Instant.EPOCH.plusSeconds(100));
    long withPackages = HeapUse.bytes();
    PlanBoard plans = new PlanBoard(fleet);
    plans.refresh();
    long withPlans = HeapUse.bytes();
    HoldingBoard holdings = new HoldingBoard(fleet.holdings());
    holdings.refresh();
    long withHoldings = HeapUse.bytes();
    StateTable<PackageHeld> said = new StateTable<>(Topics.NODE_HOLDINGS, PackageHeld.class);
    fleet.say(said);
    long withSaid = HeapUse.bytes();
    long pairs = (long) fleet.nodes * fleet.each;
    System.out.printf(
        "nodes=%d packages=%d holdings=%d bytes=%d bytesAHolding=%d"
            + " (packages %d, plans %d, confirmed %d, said %d)%n",
        fleet.nodes,
        packages.packages().size(),
        said.all().size(),
        withSaid - before,
        (withSaid - before) / pairs,
        withPackages - before,
        withPlans - withPackages,
        withHoldings - withPlans,
        withSaid - withHoldings);
    if (plans.plans().size() + holdings.all().size() != 2 * fleet.nodes) {
      throw new IllegalStateException("not every node has a plan and holdings");
    }
  }

  /** A fleet that keeps nothing: all it is asked is made from numbers, and boards only ask. */
  private record Numbers(int nodes, int each, int copies) implements PlacementStore {
    private static final String DIGEST =
        "3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7";

    private String node(int number) {
      return "node-" + number + "-site-" + number / 4;
    }

    private PlannedPackage planned(int node, int held) {
      int number = (int) ((node * (long) each + held) % ((long) nodes * each / copies));
      return planned(number);
    }

    private static PlannedPackage planned(int number) {
      return new PlannedPackage(
          "title-" + number + "-of-the-catalogue",
          new String("p0123456789ab".toCharArray()),
          new String(DIGEST.toCharArray()),
          4_000_000_000L);
    }

    private int number(String nodeId) {
      return Integer.parseInt(nodeId.split("-", -1)[1]);
    }

    @Override
    public List<KnownPackage> packages() {
      List<KnownPackage> all = new ArrayList<>();
      for (int number = 0; number < nodes * each / copies; number++) {
        PlannedPackage one = planned(number);
        all.add(
            new KnownPackage(
                one.titleId(),
                one.packageVersion(),
                one.manifestSha256(),
                one.bytes(),
                Instant.ofEpochSecond(number)));
      }
      return all;
    }

    @Override
    public Map<String, PlanHead> heads() {
      Map<String, PlanHead> heads = new HashMap<>();
      for (int number = 0; number < nodes; number++) {
        heads.put(node(number), new PlanHead(1, "plan", each));
      }
      return heads;
    }

    @Override
    public List<PlannedCopy> content(String nodeId, PlanHead head) {
      List<PlannedCopy> content = new ArrayList<>();
      for (int held = 0; held < each; held++) {
        content.add(PlannedCopy.placed(planned(number(nodeId), held), 1));
      }
      return content;
    }

    HoldingStore holdings() {
      return new HoldingStore() {
        @Override
        public Map<String, HoldingHead> heads() {
          Map<String, HoldingHead> heads = new HashMap<>();
          for (int number = 0; number < nodes; number++) {
            heads.put(node(number), new HoldingHead(DIGEST, 1, "revision", each));
          }
          return heads;
        }

        @Override
        public Set<PackageRef> content(String nodeId, HoldingHead head) {
          Set<PackageRef> content = new HashSet<>();
          for (int held = 0; held < each; held++) {
            content.add(planned(number(nodeId), held).ref());
          }
          return content;
        }

        @Override
        public void put(String nodeId, HoldingHead before, NodeHoldings holdings) {
          throw new UnsupportedOperationException();
        }
      };
    }

    void say(StateTable<PackageHeld> table) {
      for (int number = 0; number < nodes; number++) {
        for (int held = 0; held < each; held++) {
          PlannedPackage one = planned(number, held);
          PackageHeld data = new PackageHeld(node(number), one.titleId(), one.packageVersion(), 1);
          table.accept(
              data.key(),
              new Event<>(
                  "id",
                  Instant.ofEpochSecond(held),
                  PackageHeld.TYPE,
                  1,
                  "local",
                  null,
                  null,
                  null,
                  Cohort.REAL,
                  data));
        }
      }
    }

    @Override
    public void putPackage(KnownPackage known) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<KnownPackage> find(String titleId, String packageVersion) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean publish(
        String nodeId, PlanHead expected, PlanHead next, List<PlannedCopy> copies) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean lease(String holder, Duration lifetime) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release(String holder) {
      throw new UnsupportedOperationException();
    }
  }
}
