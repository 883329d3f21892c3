package io.tributary.fleet.command;

import picocli.CommandLine.Command;

/** Done by fleet-sim, which tells more. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = {
      "Simulates whole fleets in virtual time, from a seed.",
      "What it takes: ./tributary sim steering --help"
    })
final class SimCommand extends ScriptWord {}
