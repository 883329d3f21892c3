package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.HeldPackage;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.InventoryChanges;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.CopyState.Placed;
import io.tributary.controlplane.copies.PlannedCopy;
import io.tributary.controlplane.placement.NodePlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes inventories in, page by page, and believes of them what was planned: a package counts only
 * if the node's plan has it with the same digest, so no node can offer what nobody asked it to
 * hold. Of a copy that should leave, any content counts as being there still.
 *
 * <p>Pages are taken in their order, as nodes send them, and none is kept: of an unfinished
 * inventory there is a running digest and what it confirmed so far, which is at most the node's
 * plan. A page out of its turn, or after the plan changed, is dropped; so are pages of one
 * inventory that reach different replicas. The node is asked again then.
 *
 * <p>Changes of a known inventory are taken if what was confirmed of it, as the plan describes it,
 * with them has the digest that the node tells. So nothing but confirmed packages is kept for it:
 * of a node that holds more than was planned, changes lead elsewhere, and it is asked for all.
 *
 * <p>Safe for use by many threads.
 */
public final class Inventories {
  /** A million packages; more is no inventory of a real node. */
  private static final int MAX_PAGES = 1_000;

  /** The order of an inventory. */
  private static final Comparator<PackageRef> ORDER =
      Comparator.comparing(PackageRef::titleId).thenComparing(PackageRef::packageVersion);

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Map<String, Unfinished> unfinished = new HashMap<>();

  /**
   * Takes a page in.
   *
   * @param plan the node's, as known now
   */
  public synchronized Taken take(Inventory page, NodePlan plan) {
    Optional<String> wrong = wrong(page);
    if (wrong.isPresent()) {
      unfinished.remove(page.nodeId());
      return new Taken.Refused(wrong.get());
    }
    @Nullable Unfinished begun =
        page.page() == 0 ? new Unfinished(page, plan) : unfinished.get(page.nodeId());
    if (begun == null || !begun.isNext(page, plan)) {
      return new Taken.Waiting();
    }
    begun.add(page, plan);
    if (!begun.isWhole()) {
      unfinished.put(page.nodeId(), begun);
      return new Taken.Waiting();
    }
    unfinished.remove(page.nodeId());
    String digest = begun.digest();
    if (!digest.equals(page.digest())) {
      return new Taken.Refused(
          "digest is " + page.digest() + " (expected: " + digest + ", the packages' own)");
    }
    return new Taken.Whole(
        digest, Math.min(page.contentVersion(), plan.head().contentVersion()), begun.confirmed);
  }

  /**
   * Takes changes in.
   *
   * @param plan the node's, as known now
   * @param known what it confirmed last
   */
  public Taken take(InventoryChanges changes, NodePlan plan, NodeHoldings known) {
    Optional<String> wrong = wrong(changes);
    if (wrong.isPresent()) {
      return new Taken.Refused(wrong.get());
    }
    if (!known.head().digest().equals(changes.fromDigest())) {
      return new Taken.Elsewhere();
    }
    SortedMap<PackageRef, HeldPackage> held = new TreeMap<>(ORDER);
    for (PackageRef ref : known.packages()) {
      plan.copy(ref).ifPresent(copy -> held.put(ref, held(copy.planned())));
    }
    changes.removed().forEach(each -> held.remove(ref(each)));
    changes.added().forEach(each -> held.put(ref(each), each));
    MessageDigest sum = sha256();
    held.values().forEach(each -> addTo(sum, each));
    if (!HexFormat.of().formatHex(sum.digest()).equals(changes.digest())) {
      return new Taken.Elsewhere();
    }
    Set<PackageRef> confirmed = new HashSet<>();
    held.values().forEach(each -> addIfPlanned(confirmed, each, plan));
    return new Taken.Whole(
        changes.digest(),
        Math.min(changes.contentVersion(), plan.head().contentVersion()),
        confirmed);
  }

  private static HeldPackage held(PlannedPackage planned) {
    return new HeldPackage(planned.titleId(), planned.packageVersion(), planned.manifestSha256());
  }

  private static PackageRef ref(HeldPackage each) {
    return new PackageRef(each.titleId(), each.packageVersion());
  }

  private static void addIfPlanned(Set<PackageRef> confirmed, HeldPackage each, NodePlan plan) {
    plan.copy(ref(each))
        .filter(copy -> isConfirmed(copy, each))
        .ifPresent(copy -> confirmed.add(copy.ref()));
  }

  private static boolean isConfirmed(PlannedCopy copy, HeldPackage held) {
    return !(copy.state() instanceof Placed)
        || copy.planned().manifestSha256().equals(held.manifestSha256());
  }

  private static Optional<String> wrong(InventoryChanges changes) {
    int count = changes.removed().size() + changes.added().size();
    if (count > Inventory.MAX_PACKAGES) {
      return Optional.of(
          "removed and added have "
              + count
              + " entries (expected: at most "
              + Inventory.MAX_PACKAGES
              + ")");
    }
    return wrongDigest(changes.digest())
        .or(() ->
            Stream.concat(changes.removed().stream(), changes.added().stream())
                .flatMap(each -> wrong(each).stream())
                .findFirst());
  }

  private static Optional<String> wrong(Inventory page) {
    if (page.pages() < 1
        || page.pages() > MAX_PAGES
        || page.page() < 0
        || page.page() >= page.pages()) {
      return Optional.of(
          "page is " + page.page() + " of " + page.pages() + " (expected: from 0, below pages)");
    }
    if (page.packages().size() > Inventory.MAX_PACKAGES) {
      return Optional.of(
          "packages has "
              + page.packages().size()
              + " entries (expected: at most "
              + Inventory.MAX_PACKAGES
              + ")");
    }
    return wrongDigest(page.digest())
        .or(() -> page.packages().stream().flatMap(each -> wrong(each).stream()).findFirst());
  }

  /** What JSON lacks arrives as null whatever a record's type says. */
  private static Optional<String> wrongDigest(@Nullable String digest) {
    return digest == null || !SHA256.matcher(digest).matches()
        ? Optional.of("digest is no SHA-256 (expected: 64 hexadecimal digits)")
        : Optional.empty();
  }

  private static Optional<String> wrong(HeldPackage each) {
    @Nullable String titleId = each.titleId();
    @Nullable String packageVersion = each.packageVersion();
    @Nullable String manifest = each.manifestSha256();
    if (titleId == null || packageVersion == null || manifest == null) {
      return Optional.of(
          "packages has "
              + each
              + " (expected: titleId, packageVersion and manifestSha256 to be told)");
    }
    try {
      new PackageRef(titleId, packageVersion);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void addTo(MessageDigest digest, HeldPackage each) {
    String line = each.titleId() + "/" + each.packageVersion() + " " + each.manifestSha256() + "\n";
    digest.update(line.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
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
     * @param contentVersion of the plan that the node obeyed, or of the one it was checked against
     *     if that is older
     * @param confirmed what is held as planned, or should leave and is there
     */
    record Whole(String digest, long contentVersion, Set<PackageRef> confirmed) implements Taken {}

    /** It does not lead from what is known to what it says: all of it is wanted. */
    record Elsewhere() implements Taken {}

    /** It contradicts itself. */
    record Refused(String reason) implements Taken {}
  }

  private static final class Unfinished {
    private final String toldDigest;
    private final long incarnation;
    private final int pages;
    private final long contentVersion;
    private final long obeyedVersion;
    private final MessageDigest sum = sha256();
    private final Set<PackageRef> confirmed = new HashSet<>();
    private int next;

    Unfinished(Inventory page, NodePlan plan) {
      this.toldDigest = page.digest();
      this.incarnation = page.incarnation();
      this.pages = page.pages();
      this.contentVersion = plan.head().contentVersion();
      this.obeyedVersion = page.contentVersion();
    }

    boolean isNext(Inventory page, NodePlan plan) {
      return page.page() == next
          && page.pages() == pages
          && page.incarnation() == incarnation
          && page.digest().equals(toldDigest)
          && page.contentVersion() == obeyedVersion
          && plan.head().contentVersion() == contentVersion;
    }

    void add(Inventory page, NodePlan plan) {
      for (HeldPackage each : page.packages()) {
        addTo(sum, each);
        addIfPlanned(confirmed, each, plan);
      }
      next++;
    }

    boolean isWhole() {
      return next == pages;
    }

    String digest() {
      return HexFormat.of().formatHex(sum.digest());
    }
  }
}
