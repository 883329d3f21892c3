package io.tributary.fleet.command;

import io.tributary.client.Play;
import io.tributary.client.PlayEvent;
import io.tributary.client.PlayOptions;
import io.tributary.client.PlayReport;
import io.tributary.client.TributaryClient;
import io.tributary.client.error.PlayError;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetUp;
import io.tributary.fleet.lifecycle.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Plays a title. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description = "Plays a title through the public door, without a screen, and tells how it went.")
final class PlayCommand implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  @Mixin private FleetOption fleet = new FleetOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "ID", description = "The title.")
  private String titleId = "";

  @Option(names = "--for", paramLabel = "SECONDS", description = "Play so much at most.")
  private @Nullable Double seconds;

  @Option(names = "--fast", description = "Fetch without pacing, as fast as it goes.")
  private boolean fast;

  @Option(
      names = "--account",
      paramLabel = "A",
      defaultValue = FleetUp.VIEWER,
      description = "Who plays (default: ${DEFAULT-VALUE}).")
  private String account = FleetUp.VIEWER;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetContext context = fleet.existing();
    String token = context.viewerToken(account);
    PlayOptions options = PlayOptions.defaults();
    if (fast) {
      options = options.withoutPacing();
    }
    if (seconds != null) {
      if (!(seconds > 0)) {
        throw new ParameterException(
            spec.commandLine(), "--for is " + seconds + " (expected: more than 0 seconds)");
      }
      options = options.atMost(Duration.ofMillis(Math.round(seconds * 1000)));
    }
    TributaryClient client =
        TributaryClient.builder(URI.create(context.gatewayBaseUrl()))
            .bearerToken(() -> token)
            .build();
    Progress progress = Progress.onStandardError();
    PlayReport report;
    try (Play play = client.open(titleId, options)) {
      play.addListener(event -> tell(event, progress));
      progress.stage("playing " + titleId);
      play.start();
      Optional<PlayReport> end = play.awaitEnd(BETWEEN_LOOKS);
      while (end.isEmpty()) {
        progress.waitingFor(
            "at %.1f s from %s"
                .formatted(
                    play.position().toMillis() / 1000.0, play.currentNode().orElse("no node yet")));
        end = play.awaitEnd(BETWEEN_LOOKS);
      }
      report = end.get();
      progress.end();
    }
    return print(report);
  }

  /** Each on a line of its own, so that whoever watches can act on the node that serves now. */
  private void tell(PlayEvent event, Progress progress) {
    switch (event) {
      case PlayEvent.NodeSwitched switched ->
          progress.tell(
              "  node "
                  + switched.from()
                  + " -> "
                  + switched.to()
                  + " ("
                  + switched.reason()
                  + ")");
      case PlayEvent.RebufferStarted frozen ->
          progress.tell("  frozen at " + frozen.positionMillis() / 1000.0 + " s");
      default -> {}
    }
  }

  private int print(PlayReport report) {
    PlayResult result = PlayResult.of(report);
    PrintWriter out = spec.commandLine().getOut();
    PlayError error = report.error();
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(result));
    } else {
      out.printf(
          "played %.1f s, startup %s ms, %s rebuffers (%s ms), %d segments, %.1f MB, %.2f Mbit/s,"
              + " %d switches, %d failovers%n",
          result.playedMillis() / 1e3,
          result.startupMillis() == null ? "-" : result.startupMillis(),
          result.rebufferCount() == null ? "-" : result.rebufferCount(),
          result.rebufferMillis() == null ? "-" : result.rebufferMillis(),
          result.segments(),
          result.bytes() / 1e6,
          result.averageBitsPerSecond() / 1e6,
          result.bitrateSwitches(),
          result.failovers());
      result.nodes().forEach(node -> out.printf("  %s %d segments%n", node.id(), node.segments()));
    }
    if (error == null) {
      return 0;
    }
    spec.commandLine().getErr().println("tributary: " + error.message() + ". " + error.whatToDo());
    return 1;
  }
}
