package io.tributary.fleet.command;

import picocli.CommandLine.Command;

/** Done with Maven, before there is a launcher. */
@Command(name = "fmt", mixinStandardHelpOptions = true, description = "Formats every Java source.")
final class FormatCommand extends ScriptWord {}
