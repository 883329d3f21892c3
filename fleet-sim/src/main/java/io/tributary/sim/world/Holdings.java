package io.tributary.sim.world;

import io.tributary.sim.scenario.Catalogue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;

/** Which node holds which package. Changes only where nodes fetch. For one thread. */
public final class Holdings {
  private final List<List<Node>> holders = new ArrayList<>();
  private final List<BitSet> held = new ArrayList<>();

  /** Of each node, by when it was asked for them last. */
  private final List<LinkedHashSet<Pack>> stores = new ArrayList<>();

  private final int storePackages;

  /** Copies over sites in an order of each package's own, more of what is popular. */
  Holdings(World world, SplittableRandom random) {
    Catalogue catalogue = world.scenario().catalogue();
    int nodesPerSite = world.scenario().layout().nodesPerSite();
    int[] siteOrder = new int[world.sites().size()];
    for (int i = 0; i < siteOrder.length; i++) {
      siteOrder[i] = i;
    }
    world.nodes().forEach(node -> stores.add(new LinkedHashSet<>()));
    int total = 0;
    PathRings rings = new PathRings(world.nodes(), world.sites().size());
    for (Pack pack : world.packs()) {
      holders.add(new ArrayList<>());
      held.add(new BitSet());
      shuffle(siteOrder, random);
      int first = random.nextInt(nodesPerSite);
      int copies = Math.min(world.nodes().size(), copies(catalogue, pack));
      for (int copy = 0; copy < copies; copy++) {
        int site = siteOrder[copy % siteOrder.length];
        int round = copy / siteOrder.length;
        total++;
        put(
            switch (catalogue.placement()) {
              case SPREAD ->
                  world.nodes().get(site * nodesPerSite + (first + round) % nodesPerSite);
              case BY_PATH_HASH -> rings.order(site, pack.ref().path()).get(round);
            },
            pack);
      }
    }
    this.storePackages = Math.ceilDiv(total, world.nodes().size());
  }

  private static int copies(Catalogue catalogue, Pack pack) {
    double fewer = StrictMath.pow(pack.index() + 1.0, -catalogue.zipf());
    return (int) Math.max(catalogue.leastCopies(), Math.round(catalogue.mostCopies() * fewer));
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
  }

  /** The nodes that hold the package, in the order in which they got it. */
  public List<Node> of(Pack pack) {
    return holders.get(pack.index());
  }

  /** Whether the node holds the package. */
  public boolean has(Node node, Pack pack) {
    return held.get(pack.index()).get(node.index());
  }

  /** The node was asked for a package that it holds. */
  public void use(Node node, Pack pack) {
    LinkedHashSet<Pack> store = stores.get(node.index());
    store.remove(pack);
    store.add(pack);
  }

  /** The node has fetched the package, in the place of those it was asked for least lately. */
  public void fetch(Node node, Pack pack) {
    put(node, pack);
    LinkedHashSet<Pack> store = stores.get(node.index());
    while (store.size() > storePackages) {
      Pack dropped = store.removeFirst();
      holders.get(dropped.index()).remove(node);
      held.get(dropped.index()).clear(node.index());
    }
  }

  private void put(Node node, Pack pack) {
    holders.get(pack.index()).add(node);
    held.get(pack.index()).set(node.index());
    stores.get(node.index()).add(pack);
  }
}
