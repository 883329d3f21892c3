package io.tributary.controlplane.fill;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.event.CorruptionFound;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.CorruptionReport;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.InventoryChanges;
import io.tributary.contracts.node.Plan;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.contracts.node.Sources;
import io.tributary.contracts.node.Sources.Source;
import io.tributary.contracts.node.SourcesRequest;
import io.tributary.controlplane.copies.CopyState.Placed;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.doors.RefusedException;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.placement.NodePlan;
import io.tributary.controlplane.placement.PlanBoard;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The node door's paths for plans, sources, inventories and corruptions. */
@RestController
public final class FillDoor {
  private static final Logger LOG = LoggerFactory.getLogger(FillDoor.class);

  /** As {@link Plan} says. */
  private static final int PLAN_PAGE = 500;

  private static final Duration SOURCE_LIFETIME = Duration.ofMinutes(15);

  /** The alphabet of {@code PackageFile.path}: no name starts with a dot, so none leads upwards. */
  private static final Pattern FILE =
      Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}/[a-z0-9][a-z0-9.-]{0,99}");

  /** What made a node look, e.g. {@code scrub}. */
  private static final Pattern FOUND_BY = Pattern.compile("[a-z][a-z-]{0,19}");

  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})-(\\d{1,6})");

  private final PlanBoard plans;
  private final HoldingBoard holdings;
  private final Inventories inventories;
  private final Announcements announcements;
  private final SourceSigner signer;
  private final EventLog log;
  private final InstantSource clock;

  public FillDoor(
      PlanBoard plans,
      HoldingBoard holdings,
      Inventories inventories,
      Announcements announcements,
      SourceSigner signer,
      EventLog log,
      InstantSource clock) {
    this.plans = plans;
    this.holdings = holdings;
    this.inventories = inventories;
    this.announcements = announcements;
    this.signer = signer;
    this.log = log;
    this.clock = clock;
  }

  @GetMapping("/oca/v1/plan")
  Plan plan(@RequestParam(required = false) @Nullable String cursor, HttpServletRequest http) {
    NodePlan plan = knownPlan(NodeDoor.node(http));
    int from = cursor == null || cursor.isEmpty() ? 0 : from(cursor, plan);
    List<PlannedPackage> told = plan.told();
    int to = Math.min(from + PLAN_PAGE, told.size());
    return new Plan(
        plan.head().contentVersion(),
        told.subList(Math.min(from, to), to),
        to < told.size() ? plan.head().contentVersion() + "-" + to : null);
  }

  /** A cursor into another version starts at the front: the page's version tells the node. */
  private static int from(String cursor, NodePlan plan) {
    Matcher matcher = CURSOR.matcher(cursor);
    if (!matcher.matches()) {
      throw new RefusedException(
          ProblemType.INVALID, "cursor is no cursor of ours (expected: the last nextCursor)");
    }
    boolean isCurrent = Long.parseLong(matcher.group(1)) == plan.head().contentVersion();
    int from = Integer.parseInt(matcher.group(2));
    return isCurrent ? from : 0;
  }

  @PostMapping("/oca/v1/sources")
  Sources sources(@RequestBody SourcesRequest request, HttpServletRequest http) {
    NodeIdentity node = NodeDoor.node(http);
    PackageRef ref = ref(request.titleId(), request.packageVersion());
    if (request.paths().isEmpty() || request.paths().size() > SourcesRequest.MAX_PATHS) {
      throw new RefusedException(
          ProblemType.INVALID,
          "paths has "
              + request.paths().size()
              + " entries (expected: 1 to "
              + SourcesRequest.MAX_PATHS
              + ")");
    }
    for (String path : request.paths()) {
      if (!isFile(path)) {
        throw new RefusedException(
            ProblemType.INVALID, "paths has " + path + " (expected: rendition/file of a package)");
      }
    }
    if (knownPlan(node).find(ref).isEmpty()) {
      throw new RefusedException(
          ProblemType.FORBIDDEN,
          "package is "
              + ref.path()
              + " (expected: one of the plan of node "
              + node.nodeId()
              + ")");
    }
    List<Source> files =
        request.paths().stream()
            .map(path -> new Source(path, List.of(signer.sign(ref, path, SOURCE_LIFETIME))))
            .toList();
    return new Sources(files, clock.instant().plus(SOURCE_LIFETIME));
  }

  @PutMapping("/oca/v1/inventory")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void inventory(@RequestBody Inventory page, HttpServletRequest http) {
    NodeIdentity node = own(http, page.nodeId());
    taken(node, inventories.take(page, knownPlan(node)));
  }

  @PatchMapping("/oca/v1/inventory")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void changes(@RequestBody InventoryChanges changes, HttpServletRequest http) {
    NodeIdentity node = own(http, changes.nodeId());
    taken(node, inventories.take(changes, knownPlan(node), holdings.of(node.nodeId())));
  }

  private void taken(NodeIdentity node, Inventories.Taken taken) {
    switch (taken) {
      case Inventories.Taken.Waiting _ -> {}
      case Inventories.Taken.Elsewhere _ ->
          throw new RefusedException(
              ProblemType.CONFLICT, "changes are of another inventory (expected: all of it)");
      case Inventories.Taken.Refused(String reason) ->
          throw new RefusedException(ProblemType.INVALID, reason);
      case Inventories.Taken.Whole(String digest, long version, Set<PackageRef> confirmed) -> {
        NodeHoldings before = holdings.of(node.nodeId());
        NodeHoldings after = holdings.put(node.nodeId(), digest, version, confirmed);
        announcements.changed(node.nodeId(), before, after);
        LOG.info(
            "node={} event=inventory contentVersion={} confirmed={}",
            node.nodeId(),
            version,
            confirmed.size());
      }
    }
  }

  @PostMapping("/oca/v1/corruptions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void corruption(@RequestBody CorruptionReport report, HttpServletRequest http) {
    NodeIdentity node = own(http, report.nodeId());
    PackageRef ref = ref(report.titleId(), report.packageVersion());
    check(report);
    // Taken back first: no new play may be sent there, even if writing it down fails.
    announcements.takeBack(node.nodeId(), ref);
    log.publish(
        Topics.CORRUPTIONS,
        node.nodeId(),
        CorruptionFound.TYPE,
        new CorruptionFound(
            node.nodeId(),
            ref.titleId(),
            ref.packageVersion(),
            report.path(),
            report.foundBy(),
            report.foundAt()));
    LOG.warn(
        "node={} event=corruption package={} path={} foundBy={}",
        node.nodeId(),
        ref.path(),
        report.path(),
        report.foundBy());
    NodeHoldings before = holdings.of(node.nodeId());
    Set<PackageRef> rest = new HashSet<>(before.packages());
    boolean isToLeave =
        plans
            .plan(node.nodeId())
            .copy(ref)
            .filter(copy -> !(copy.state() instanceof Placed))
            .isPresent();
    // What is to leave is still there, broken or not.
    if (!isToLeave && rest.remove(ref)) {
      // Without a digest, so that the next heartbeat is asked for the inventory.
      holdings.put(node.nodeId(), "", before.head().contentVersion(), rest);
    }
  }

  /** Lets nothing of a node's choosing into log lines and events. */
  static void check(CorruptionReport report) {
    if (!isFile(report.path())) {
      throw new RefusedException(
          ProblemType.INVALID,
          "path is " + report.path() + " (expected: rendition/file of a package)");
    }
    @Nullable String foundBy = report.foundBy();
    if (foundBy == null || !FOUND_BY.matcher(foundBy).matches()) {
      throw new RefusedException(
          ProblemType.INVALID, "foundBy is " + foundBy + " (expected: a word, e.g. scrub)");
    }
  }

  private static boolean isFile(@Nullable String path) {
    return path != null && (path.equals(PackageManifest.FILE_NAME) || FILE.matcher(path).matches());
  }

  private NodePlan knownPlan(NodeIdentity node) {
    if (!plans.isLoaded()) {
      throw new RefusedException(ProblemType.UNAVAILABLE, "plans were not read yet; try again");
    }
    return plans.plan(node.nodeId());
  }

  private static NodeIdentity own(HttpServletRequest http, @Nullable String nodeId) {
    NodeIdentity node = NodeDoor.node(http);
    if (!node.nodeId().equals(nodeId)) {
      throw new RefusedException(
          ProblemType.FORBIDDEN,
          "nodeId is " + nodeId + " (expected: " + node.nodeId() + ", the certificate's)");
    }
    return node;
  }

  private static PackageRef ref(@Nullable String titleId, @Nullable String packageVersion) {
    if (titleId == null || packageVersion == null) {
      throw new RefusedException(
          ProblemType.INVALID, "titleId or packageVersion is missing (expected: a package)");
    }
    try {
      return new PackageRef(titleId, packageVersion);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(ProblemType.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
