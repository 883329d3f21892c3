package io.tributary.fleet.command;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetException;
import io.tributary.fleet.lifecycle.Progress;
import io.tributary.fleet.lifecycle.TitleIngest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Two titles to look at, made once and ingested once. For use by one thread. */
final class DemoIngest {

  private static final String MAKER = "io.tributary.pipeline.demo.DemoTitles";

  /** The files that the maker makes, by the titles that they become. */
  private static final Map<String, String> TITLES = titles();

  private final FleetContext fleet;
  private final Progress progress;

  DemoIngest(FleetContext fleet, Progress progress) {
    this.fleet = fleet;
    this.progress = progress;
  }

  /** Makes and ingests those that are not among the titles there are. */
  void ingestMissing(List<AdminTitle> present) throws IOException, InterruptedException {
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
      new TitleIngest(fleet, progress).ingest(file(folder, id), id, TITLES.get(id));
    }
  }

  private void make(Path folder) throws IOException, InterruptedException {
    progress.stage("making two demo titles (once)");
    Path log = fleet.folder().log("demo-titles");
    Files.createDirectories(folder);
    int exit =
        new ProcessBuilder(
                Jdks.tool(Path.of(System.getProperty("java.home")), "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                fleet.definition().classPath(Service.PIPELINE),
                MAKER,
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
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
