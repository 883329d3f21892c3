package io.tributary.fleet.command;

import picocli.CommandLine.Command;

/** Done with Maven, before there is a launcher. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Passes every test, the end-to-end tests against a fleet of their own included.",
      "Where a container engine answers, backends of integration tests are containers, and root",
      "tries the composed fleet too, but for the rolling restart under load."
    })
final class TestCommand extends ScriptWord {}
