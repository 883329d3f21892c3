package io.tributary.steering.nearness;

import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.Geography;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.SetAsideReason;
import io.tributary.steering.location.source.CoverageZoneFile;
import io.tributary.steering.location.source.CoverageZones;
import io.tributary.steering.location.source.CsvRoutes;
import io.tributary.steering.location.source.MaxMindGeography;
import io.tributary.steering.location.source.MrtFile;
import io.tributary.steering.location.source.PeerSites;
import io.tributary.steering.location.source.SourceReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's files of routes and places, each as it was when it was last whole. For one thread.
 */
final class OperatorFiles {
  /** To try a file for its form alone. */
  private static final RouteSink NOWHERE =
      new RouteSink() {
        @Override
        public @Nullable SetAsideReason said(IpPrefix prefix, RouteOrigin origin) {
          return null;
        }

        @Override
        public @Nullable SetAsideReason announced(
            IpPrefix prefix, RouteOrigin origin, long originAsn) {
          return null;
        }
      };

  private static final PeerSites NO_PEERS =
      PeerSites.read("none", InputStream.nullInputStream()).peers();

  private final List<LastGoodFile> routeFiles;
  private final Optional<LastGoodFile> coverageZoneFile;
  private final Optional<LastGoodFile> peerFile;
  private final List<LastGoodFile> tableDumps;
  private final Optional<LastGoodFile> geographyFile;
  private final Map<LastGoodFile, String> problems = new HashMap<>();
  private Geography geography = Geography.UNKNOWN;

  OperatorFiles(NearnessConfig config, Path copies) {
    this.routeFiles =
        config.routeFiles().stream().map(file -> new LastGoodFile(file, copies)).toList();
    this.coverageZoneFile = file(config.coverageZoneFile(), copies);
    this.peerFile = file(config.peerFile(), copies);
    this.tableDumps =
        config.tableDumps().stream().map(file -> new LastGoodFile(file, copies)).toList();
    this.geographyFile = file(config.geographyFile(), copies);
  }

  /**
   * What was read.
   *
   * @param reports of each source that has routes
   * @param coordinates of sites, where a file told them
   * @param geography of addresses
   */
  record Contents(
      List<SourceReport> reports, Map<String, Coordinates> coordinates, Geography geography) {}

  /** Looks whether files changed, and tries those that did; whether one is now another. */
  boolean look() {
    boolean isOther = false;
    for (LastGoodFile file : routeFiles) {
      isOther |= tried(file, content -> new CsvRoutes(NOWHERE).read("", content).problem());
    }
    isOther |= tried(coverageZoneFile, content -> zones(content).report().problem());
    isOther |= tried(peerFile, content -> PeerSites.read("", content).report().problem());
    for (LastGoodFile file : tableDumps) {
      isOther |= tried(file, content -> new MrtFile(NO_PEERS, NOWHERE).read("", content).problem());
    }
    if (tried(geographyFile, content -> Optional.empty()) && geographyFile.isPresent()) {
      openGeography(geographyFile.get());
      isOther = true;
    }
    return isOther;
  }

  /** Reads all, the operator's own word first. */
  Contents read(RouteSink sink) {
    List<SourceReport> reports = new ArrayList<>();
    for (LastGoodFile file : routeFiles) {
      reports.add(read(file, content -> new CsvRoutes(sink).read(file.toString(), content)));
    }
    Map<String, Coordinates> coordinates = new HashMap<>();
    coverageZoneFile.ifPresent(file ->
        reports.add(
            read(
                file,
                content -> {
                  CoverageZones zones =
                      new CoverageZoneFile(sink, Map.of()).read(file.toString(), content);
                  coordinates.putAll(zones.coordinates());
                  return zones.report();
                })));
    PeerSites[] peers = {NO_PEERS};
    peerFile.ifPresent(file ->
        reports.add(
            read(
                file,
                content -> {
                  PeerSites.Read list = PeerSites.read(file.toString(), content);
                  peers[0] = list.peers();
                  return list.report();
                })));
    for (LastGoodFile file : tableDumps) {
      reports.add(
          read(file, content -> new MrtFile(peers[0], sink).read(file.toString(), content)));
    }
    geographyFile
        .filter(problems::containsKey)
        .ifPresent(file -> reports.add(nothingOf(file, problems.get(file))));
    return new Contents(reports, coordinates, geography);
  }

  private boolean tried(Optional<LastGoodFile> file, LastGoodFile.Trial trial) {
    return file.isPresent() && tried(file.get(), trial);
  }

  private boolean tried(LastGoodFile file, LastGoodFile.Trial trial) {
    boolean hasChanged = file.hasChanged();
    if (!hasChanged && !problems.containsKey(file)) {
      return false;
    }
    Optional<String> problem = file.take(trial);
    boolean isNews = !problem.equals(Optional.ofNullable(problems.get(file)));
    problem.ifPresentOrElse(text -> problems.put(file, text), () -> problems.remove(file));
    return isNews || (hasChanged && problem.isEmpty());
  }

  /** A trial that reads it would hold a second one in memory, so that it is opened is the trial. */
  private void openGeography(LastGoodFile file) {
    try {
      Optional<Path> copy = file.lastGood();
      if (copy.isPresent()) {
        geography = MaxMindGeography.open(copy.get());
      }
    } catch (IOException e) {
      problems.put(file, "cannot be read: " + e.getMessage());
    }
  }

  private SourceReport read(LastGoodFile file, Function<InputStream, SourceReport> reading) {
    String problem = problems.get(file);
    Optional<Path> good = file.lastGood();
    if (good.isEmpty()) {
      return nothingOf(file, problem);
    }
    try (InputStream content = Files.newInputStream(good.get())) {
      SourceReport report = reading.apply(content);
      return problem == null
          ? report
          : new SourceReport(
              report.source(),
              report.records(),
              report.routes(),
              report.setAside(),
              report.examples(),
              Optional.of(problem + "; the last one that was whole is used"));
    } catch (IOException | UncheckedIOException e) {
      return nothingOf(file, "its copy cannot be read: " + e);
    }
  }

  private static SourceReport nothingOf(LastGoodFile file, @Nullable String problem) {
    return new SourceReport(
        file.toString(),
        0,
        0,
        Map.of(),
        List.of(),
        Optional.of(problem == null ? "has not been read" : problem));
  }

  private static CoverageZones zones(InputStream content) {
    return new CoverageZoneFile(NOWHERE, Map.of()).read("", content);
  }

  private static Optional<LastGoodFile> file(String name, Path copies) {
    return Stream.of(name)
        .filter(text -> !text.isEmpty())
        .map(text -> new LastGoodFile(Path.of(text), copies))
        .findFirst();
  }
}
