package io.tributary.fleet.command;

import io.tributary.fleet.faststart.FastStart;
import io.tributary.fleet.faststart.LauncherArchive;
import io.tributary.fleet.layout.Checkout;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which fleet a word is about, and where everything is. */
final class FleetOption {

  @Option(
      names = "--fleet",
      paramLabel = "NAME",
      defaultValue = "${env:TRIBUTARY_FLEET:-" + FleetPlan.DEFAULT_NAME + "}",
      description = "Which fleet (default: ${DEFAULT-VALUE}).")
  private String name = FleetPlan.DEFAULT_NAME;

  String name() {
    return name;
  }

  FleetFolder folder() {
    return new FleetFolder(home(), name);
  }

  Checkout checkout() {
    String root = System.getenv("TRIBUTARY_CHECKOUT");
    return new Checkout(Path.of(root == null ? "" : root).toAbsolutePath());
  }

  FastStart fastStart() {
    return new FastStart(folder().cache(), checkout(), Jdks.found(), wantsFastStart());
  }

  /** Kept where the script looks, whatever home the fleets have. */
  LauncherArchive launcherArchive() {
    Path cache = checkout().root().resolve(".tributary").resolve("cache");
    return new LauncherArchive(cache, wantsFastStart());
  }

  private static boolean wantsFastStart() {
    return !"off".equals(System.getenv("TRIBUTARY_FAST_START"));
  }

  FleetContext context(FleetPlan plan) {
    return FleetContext.of(folder(), plan, checkout(), Jdks.found());
  }

  /**
   * The fleet that is there.
   *
   * @throws FleetException if there is none yet
   */
  FleetContext existing() throws IOException {
    FleetPlan plan =
        folder()
            .plan()
            .orElseThrow(() ->
                new FleetException(
                    "there is no fleet "
                        + name
                        + ". Start it: ./tributary up"
                        + (name.equals(FleetPlan.DEFAULT_NAME) ? "" : " --fleet " + name)));
    return context(plan);
  }

  private Path home() {
    String home = System.getenv("TRIBUTARY_HOME");
    return home == null || home.isBlank()
        ? checkout().root().resolve(".tributary")
        : Path.of(home).toAbsolutePath();
  }
}
