package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.HeldPackage;
import io.tributary.contracts.node.Inventory;
import io.tributary.controlplane.placement.NodePlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes inventories in, page by page, and believes of them what was planned: a package counts only
 * if the node's plan has it with the same digest, so no node can offer what nobody asked it to
 * hold.
 *
 * <p>Pages of one inventory that reach different replicas never make a whole: the node is asked
 * again then. Holds at most one unfinished inventory a node. Safe for use by many threads.
 */
public final class Inventories {
  /** A million packages; more is no inventory of a real node. */
  private static final int MAX_PAGES = 1_000;

  private final Map<String, Unfinished> unfinished = new ConcurrentHashMap<>();

  /**
   * Takes a page in.
   *
   * @param plan the node's, as known now
   */
  public Taken take(Inventory page, NodePlan plan) {
    if (page.pages() < 1
        || page.pages() > MAX_PAGES
        || page.page() < 0
        || page.page() >= page.pages()) {
      return new Taken.Refused(
          "page is " + page.page() + " of " + page.pages() + " (expected: from 0, below pages)");
    }
    if (page.packages().size() > Inventory.MAX_PACKAGES) {
      return new Taken.Refused(
          "packages has "
              + page.packages().size()
              + " entries (expected: at most "
              + Inventory.MAX_PACKAGES
              + ")");
    }
    Unfinished all =
        unfinished.compute(
            page.nodeId(),
            (node, known) ->
                known != null && known.isOf(page) ? known.with(page) : new Unfinished(page));
    if (!all.isWhole()) {
      return new Taken.Waiting();
    }
    unfinished.remove(page.nodeId(), all);
    List<HeldPackage> held = all.packages();
    String digest = digest(held);
    if (!digest.equals(page.digest())) {
      return new Taken.Refused(
          "digest is " + page.digest() + " (expected: " + digest + ", the packages' own)");
    }
    Set<PackageRef> confirmed = new HashSet<>();
    for (HeldPackage each : held) {
      PackageRef ref = new PackageRef(each.titleId(), each.packageVersion());
      if (plan.find(ref)
          .filter(planned -> planned.manifestSha256().equals(each.manifestSha256()))
          .isPresent()) {
        confirmed.add(ref);
      }
    }
    return new Taken.Whole(digest, plan.head().contentVersion(), confirmed);
  }

  /** As {@link Inventory#digest} says. */
  static String digest(List<HeldPackage> packages) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (HeldPackage each : packages) {
        String line =
            each.titleId() + "/" + each.packageVersion() + " " + each.manifestSha256() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What became of a page. */
  public sealed interface Taken {
    /** Others are missing. */
    record Waiting() implements Taken {}

    /**
     * It was the last one.
     *
     * @param digest of the whole
     * @param contentVersion of the plan it was checked against
     * @param confirmed what is held as planned
     */
    record Whole(String digest, long contentVersion, Set<PackageRef> confirmed) implements Taken {}

    /** It contradicts itself. */
    record Refused(String reason) implements Taken {}
  }

  private static final class Unfinished {
    private final Inventory first;
    private final List<@Nullable List<HeldPackage>> pages;

    Unfinished(Inventory page) {
      this(page, emptyPages(page.pages()));
      pages.set(page.page(), page.packages());
    }

    private Unfinished(Inventory first, List<@Nullable List<HeldPackage>> pages) {
      this.first = first;
      this.pages = pages;
    }

    private static List<@Nullable List<HeldPackage>> emptyPages(int count) {
      List<@Nullable List<HeldPackage>> pages = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        pages.add(null);
      }
      return pages;
    }

    boolean isOf(Inventory page) {
      return first.digest().equals(page.digest())
          && first.incarnation() == page.incarnation()
          && first.pages() == page.pages();
    }

    Unfinished with(Inventory page) {
      List<@Nullable List<HeldPackage>> more = new ArrayList<>(pages);
      more.set(page.page(), page.packages());
      return new Unfinished(first, more);
    }

    boolean isWhole() {
      return !pages.contains(null);
    }

    List<HeldPackage> packages() {
      List<HeldPackage> all = new ArrayList<>();
      for (@Nullable List<HeldPackage> page : pages) {
        if (page != null) {
          all.addAll(page);
        }
      }
      return all;
    }
  }
}
