package io.tributary.ctl;

import io.tributary.contracts.admin.CreateEnrolmentToken;
import io.tributary.contracts.admin.EnrolmentToken;
import io.tributary.ctl.Console.Table;
import io.tributary.ctl.keys.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The right of a new node to join once. */
@Command(
    name = "enrolment-tokens",
    description = "The right of a new node to join once.",
    synopsisSubcommandLabel = "VERB")
final class EnrolmentTokensCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  EnrolmentTokensCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(
      name = "create",
      description = "Makes a token; it is shown this once, and whoever has it may become the node.")
  int create(
      @Parameters(paramLabel = "NODE", description = "The node to be.") String nodeId,
      @Option(
              names = "--site",
              required = true,
              paramLabel = "SITE",
              description = "Where it will stand.")
          String siteId,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "Write the token to this file, whole or not at all; show it nowhere.")
          @Nullable Path out) {
    EnrolmentToken token =
        door.open().createEnrolmentToken(new CreateEnrolmentToken(nodeId, siteId));
    if (out != null) {
      try {
        SecretFile.write(out, token.token());
      } catch (IOException e) {
        console.error(
            "the token was made, but --out is " + out + " (expected: a file that can be written)",
            "Create another one; this one ends by itself.");
        return TributaryCtl.REFUSED;
      }
      console.answer(
          Map.of("nodeId", token.nodeId(), "file", out.toString()),
          Table.of(List.of(List.of("node", token.nodeId()), List.of("file", out.toString()))));
      return 0;
    }
    console.answer(
        token,
        Table.of(
            List.of(
                List.of("token", token.token()),
                List.of("node", token.nodeId()),
                List.of("site", token.siteId()),
                List.of("expires", token.expiresAt().toString()))));
    return 0;
  }
}
