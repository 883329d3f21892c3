package io.tributary.fleet.command;

import picocli.CommandLine.Command;

/** Done by benchmarks, which tells more. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what parts of the fleet cost, and writes pages of results.",
      "What it takes: ./tributary bench --help"
    })
final class BenchCommand extends ScriptWord {}
