package io.tributary.steering.http;

import io.tributary.contracts.steering.SnapshotView;
import io.tributary.steering.location.source.SourceReport;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.SetAsideRecords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /internal/v1/snapshot}: what this replica decides from. */
final class SnapshotHandler {
  private final Fleet fleet;
  private final Supplier<Nearness> nearness;
  private final SetAsideRecords setAside;
  private final InstantSource clock;

  SnapshotHandler(
      Fleet fleet, Supplier<Nearness> nearness, SetAsideRecords setAside, InstantSource clock) {
    this.fleet = fleet;
    this.nearness = nearness;
    this.setAside = setAside;
    this.clock = clock;
  }

  Mono<ServerResponse> show(ServerRequest request) {
    return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(view());
  }

  private SnapshotView view() {
    FleetSnapshot snapshot = fleet.snapshot();
    Nearness near = nearness.get();
    Map<String, Integer> held = new HashMap<>();
    snapshot
        .holdersByPackage()
        .forEach((ref, ids) -> ids.forEach(nodeId -> held.merge(nodeId, 1, Integer::sum)));
    List<SnapshotView.Node> nodes =
        snapshot.nodes().values().stream()
            .map(node ->
                new SnapshotView.Node(
                    node.nodeId(),
                    node.siteId(),
                    node.baseUrl(),
                    node.health().name().toLowerCase(Locale.ROOT),
                    node.reason(),
                    held.getOrDefault(node.nodeId(), 0)))
            .toList();
    return new SnapshotView(
        snapshot.version(),
        fleet.age(clock.instant()).map(Duration::toMillis).orElse(null),
        snapshot.packages(),
        snapshot.holdings(),
        nodes,
        setAside.count(),
        setAside.newest(),
        near.prefixes(),
        near.reports().stream().map(SnapshotHandler::view).toList());
  }

  private static SnapshotView.RouteSource view(SourceReport report) {
    Map<String, Long> reasons = new TreeMap<>();
    report.setAside().forEach((reason, count) -> reasons.put(reason.word(), count));
    return new SnapshotView.RouteSource(
        report.source(),
        report.records(),
        report.routes(),
        reasons,
        report.examples().stream()
            .map(example ->
                example.where() + ": " + example.reason().word() + ": " + example.detail())
            .toList(),
        report.problem().orElse(null));
  }
}
