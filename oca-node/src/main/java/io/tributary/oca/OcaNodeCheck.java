package io.tributary.oca;

import io.tributary.oca.check.CheckedNode;
import io.tributary.oca.check.Finding;
import io.tributary.oca.check.NodeCheck;
import io.tributary.oca.check.Report;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The word {@code check}: looks at this machine with the node's own settings, and tells. */
final class OcaNodeCheck {
  static final String WORD = "check";

  private static final int WRONG_USE = 2;

  private static final String HELP =
      """
      Usage: oca-node check [--json] [--oca.NAME=VALUE ...]

      Looks whether a node can do its work on this machine, with the settings that it starts with:
      settings, DNS, certificates, the way to the control plane, clock, media port, announced
      address, limits, memory, disk and its speed. One line each: ok, warning or FAILED, what was
      found, what was expected, and what to do next. It takes a minute at most, and changes nothing.
      It may be run while the node runs.

        --json              prints one object instead
        --oca.NAME=VALUE    with another value for a setting
        --help              prints this

      Exit status: 0 when nothing failed (warnings may have been told), 1 when something failed,
      2 when it was called wrongly.
      """;

  private OcaNodeCheck() {}

  /** A context is made of something. */
  private static final class Nothing {}

  /** What programs read; the names stay. */
  private record Told(String nodeId, String verdict, List<ToldFinding> checks) {}

  private record ToldFinding(
      String check,
      String verdict,
      String found,
      @Nullable String expected,
      @Nullable String next) {}

  /** Checks; answers with the exit status. */
  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return 0;
    }
    List<String> settings = new ArrayList<>(arguments);
    boolean asJson = settings.removeIf("--json"::equals);
    for (String argument : settings) {
      if (!argument.startsWith("--") || argument.indexOf('=') < 0) {
        err.println("oca-node check: " + argument + " (expected: --json, --help or --NAME=VALUE)");
        return WRONG_USE;
      }
    }
    JsonMapper json = JsonMapper.builder().build();
    Report report;
    try (ConfigurableApplicationContext context =
        environmentOnly().run(settings.toArray(new String[0]))) {
      SettingsReading.Result read = new SettingsReading(context.getEnvironment()).read();
      report =
          new NodeCheck(
                  checked(read.properties(), read.replaced()),
                  read.facts(),
                  environment,
                  json,
                  InstantSource.system(),
                  finding -> tell(finding, asJson, out))
              .run();
    }
    out.println(asJson ? json.writeValueAsString(told(report)) : report.summary());
    return report.exitStatus();
  }

  /** Spring's own way to an environment, with nothing in the context and nothing logged. */
  private static SpringApplication environmentOnly() {
    SpringApplication application = new SpringApplication(Nothing.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    // What would stop a start at the first wrong variable.
    application.setInitializers(List.of());
    application.setDefaultProperties(Map.of("logging.level.root", "off"));
    return application;
  }

  private static CheckedNode checked(OcaNodeProperties properties, List<String> replaced) {
    return new CheckedNode(
        properties.nodeId(),
        properties.stateDirectory(),
        replaced.contains("oca.endpoint") ? null : properties.endpoint(),
        properties.enrolmentToken(),
        properties.egressBitsPerSecond(),
        properties.store(),
        properties.serve(),
        replaced.contains("oca.control-plane.urls") ? List.of() : properties.controlPlane().urls(),
        replaced.contains("oca.control-plane.ca-file") ? null : properties.controlPlane().caFile(),
        properties.controlPlane());
  }

  private static void tell(Finding finding, boolean asJson, PrintStream out) {
    if (!asJson) {
      out.println(finding.line());
    }
  }

  private static Told told(Report report) {
    return new Told(
        report.nodeId(),
        report.verdict().word(),
        report.findings().stream()
            .map(finding ->
                new ToldFinding(
                    finding.check(),
                    finding.verdict().word(),
                    finding.found(),
                    finding.expected(),
                    finding.next()))
            .toList());
  }
}
