package io.tributary.ctl;

import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import io.tributary.ctl.Console.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sources on their way to being packages. */
@Command(
    name = "ingests",
    description = "Sources on their way to being packages.",
    synopsisSubcommandLabel = "VERB")
final class IngestsCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  IngestsCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  /** Often enough for a person who watches. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  @Command(name = "create", description = "Uploads a source and has it made a package.")
  int create(
      @Parameters(paramLabel = "FILE", description = "The source, whatever ffmpeg reads.")
          Path file,
      @Option(
              names = "--id",
              required = true,
              paramLabel = "ID",
              description = "Of a new title, or of one that gets a new package.")
          String titleId,
      @Option(names = "--name", paramLabel = "NAME", description = "For people; else the id.")
          @Nullable String name,
      @Option(names = "--wait", description = "Wait until it is published or has failed.")
          boolean wait) {
    if (!Files.isRegularFile(file)) {
      throw Usage.error(spec, "FILE is " + file + " (expected: a file that can be read)");
    }
    SourceUpload upload = new SourceUpload(door.open());
    Ingest ingest =
        upload.upload(
            titleId,
            name,
            file,
            (sent, total) -> console.progress("uploaded " + sent + " of " + total + " bytes"));
    return wait ? show(upload.awaitEnd(ingest.ingestId(), ASK_AGAIN, this::tell)) : show(ingest);
  }

  @Command(name = "show", description = "How far an ingest is.")
  int show(@Parameters(paramLabel = "ID", description = "The ingest.") String id) {
    return show(door.open().ingest(id));
  }

  private void tell(Ingest ingest) {
    console.progress(state(ingest) + " " + percent(ingest));
  }

  private int show(Ingest ingest) {
    console.answer(
        ingest,
        Table.of(
            List.of(
                List.of("ingest", ingest.ingestId()),
                List.of("title", ingest.titleId()),
                List.of("state", state(ingest)),
                List.of("progress", percent(ingest)),
                List.of("package", Table.cell(ingest.packageVersion())),
                List.of("failure", Table.cell(ingest.failure())))));
    if (ingest.state() == IngestState.FAILED) {
      console.error(
          "the ingest failed: " + Table.cell(ingest.failure()),
          "Correct the source and create another ingest; nothing of this one was kept.");
      return TributaryCtl.REFUSED;
    }
    return 0;
  }

  private static String state(Ingest ingest) {
    return ingest.state().name().toLowerCase(Locale.ROOT);
  }

  private static String percent(Ingest ingest) {
    return Math.round(ingest.progress() * 100) + " %";
  }
}
