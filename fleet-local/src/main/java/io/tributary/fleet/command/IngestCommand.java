package io.tributary.fleet.command;

import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.Progress;
import io.tributary.fleet.lifecycle.TitleIngest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Makes a title of a file. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description =
        "Makes a title of a video: uploads it, and waits until it is transcoded and on the nodes.")
final class IngestCommand implements Callable<Integer> {

  @Mixin private FleetOption fleet = new FleetOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "Whatever ffmpeg reads.")
  private Path file = Path.of("");

  @Option(names = "--id", paramLabel = "ID", required = true, description = "The title's id.")
  private String id = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Its name (default: its id).")
  private @Nullable String name;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Progress progress = Progress.onStandardError();
    FleetContext context = fleet.existing();
    TitleIngest.Result result =
        new TitleIngest(context.admin(), context.publicDoor(), progress).ingest(file, id, name);
    progress.end();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(result));
    } else {
      out.printf(
          "%s is %s: %.1f s in %d segments, %.1f MB on %s%n",
          result.titleId(),
          result.packageVersion(),
          result.durationMillis() / 1e3,
          result.segments(),
          result.bytes() / 1e6,
          String.join(", ", result.nodes()));
      for (TitleIngest.Picture picture : result.renditions()) {
        out.printf(
            "  %dx%d at %.2f Mbit/s%n",
            picture.width(), picture.height(), picture.bitsPerSecond() / 1e6);
      }
      out.println("Play it: ./tributary play " + result.titleId());
    }
    return 0;
  }
}
