package io.tributary.fleet.lifecycle;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import io.tributary.ctl.AdminClient;
import io.tributary.ctl.AdminException;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two titles to look at, made once and ingested once, also when an {@code up} is killed in between.
 * For use by one thread.
 */
public final class DemoTitles {

  private static final int NOT_FOUND = 404;

  private static final String MAKER = "io.tributary.pipeline.demo.DemoTitles";
  private static final Duration MADE_AT_MOST = Duration.ofMinutes(10);

  /** The files that the maker makes, by the titles that they become. */
  private static final Map<String, String> TITLES = titles();

  private final FleetContext fleet;
  private final AdminClient admin;
  private final TitleIngest ingest;
  private final Progress progress;

  /** Those of this fleet. */
  public DemoTitles(FleetContext fleet, Progress progress) throws IOException {
    this.fleet = fleet;
    this.admin = fleet.admin();
    this.ingest = new TitleIngest(admin, fleet.publicDoor(), progress);
    this.progress = progress;
  }

  /** Makes and ingests those that are not among the titles there are. */
  public void ingestMissing(List<AdminTitle> present) throws IOException, InterruptedException {
    Set<String> known = present.stream().map(AdminTitle::id).collect(Collectors.toSet());
    List<String> missing = TITLES.keySet().stream().filter(id -> !known.contains(id)).toList();
    if (missing.isEmpty()) {
      return;
    }
    Path folder = fleet.folder().home().resolve("demo");
    if (!missing.stream().allMatch(id -> Files.exists(file(folder, id)))) {
      make(folder);
    }
    for (String id : missing) {
      ingest(id, file(folder, id));
    }
  }

  private void ingest(String id, Path file) throws IOException, InterruptedException {
    Path note = fleet.folder().data("demo").resolve(id + ".ingest");
    Optional<Ingest> begun = begun(note);
    if (begun.isPresent()) {
      ingest.finish(begun.get(), file);
      return;
    }
    Ingest uploaded = ingest.upload(file, id, TITLES.get(id));
    Files.createDirectories(note.resolveSibling(""));
    Files.writeString(note, uploaded.ingestId());
    ingest.finish(uploaded, file);
  }

  /** An earlier up's upload that was complete, and that is worked on or done. */
  private Optional<Ingest> begun(Path note) throws IOException {
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    try {
      return Optional.of(admin.ingest(Files.readString(note)))
          .filter(known -> known.state() != IngestState.FAILED);
    } catch (AdminException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** By a process of the fleet's, so that nothing is left of a killed launcher. */
  private void make(Path folder) throws IOException, InterruptedException {
    progress.stage("making two demo titles (once)");
    String name = "demo-titles";
    Path log = fleet.folder().log(name);
    List<String> command =
        List.of(
            Jdks.tool(Path.of(System.getProperty("java.home")), "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            fleet.definition().classPath(Service.PIPELINE),
            MAKER,
            folder.toString());
    if (fleet.processes().pid(name).isEmpty()) {
      fleet.processes().start(new ProcessSpec(name, command, folder, log));
    }
    boolean ended = fleet.processes().awaitEnd(name, MADE_AT_MOST);
    if (ended) {
      fleet.processes().forget(name);
    }
    if (!ended || !TITLES.keySet().stream().allMatch(id -> Files.exists(file(folder, id)))) {
      throw new FleetException(
          "the demo titles could not be made (see "
              + log
              + "). Leave them out with: ./tributary up --no-demo");
    }
  }

  private static Path file(Path folder, String titleId) {
    return folder.resolve(titleId + ".mp4");
  }

  private static Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("demo-clock", "Demo Clock");
    titles.put("demo-waves", "Demo Waves");
    return titles;
  }
}
