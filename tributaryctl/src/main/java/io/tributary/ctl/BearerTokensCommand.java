package io.tributary.ctl;

import io.tributary.ctl.Console.Table;
import io.tributary.ctl.keys.LocalIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Bearer tokens of a fleet that is its own issuer. Needs no door. */
@Command(
    name = "bearer-tokens",
    description = "Bearer tokens of a fleet that is its own issuer.",
    synopsisSubcommandLabel = "VERB")
final class BearerTokensCommand implements Runnable {
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  BearerTokensCommand(Console console) {
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(
      name = "create",
      description = "Signs a token with the local issuer's key; prints it and nothing else.")
  int create(
      @Parameters(paramLabel = "ACCOUNT", description = "In whose name.") String account,
      @Option(
              names = "--key-file",
              required = true,
              paramLabel = "FILE",
              description = "The local issuer's private key: issuer/issuer.jwk of 'keys make'.")
          Path keyFile,
      @Option(
              names = "--role",
              defaultValue = "viewer",
              paramLabel = "ROLE",
              description = "viewer, operator, admin or partner; by default viewer.")
          String role,
      @Option(
              names = "--region",
              defaultValue = "local",
              paramLabel = "REGION",
              description =
                  "The fleet's region, which the issuer is named after; by default local.")
          String region,
      @Option(
              names = "--lifetime",
              defaultValue = "PT12H",
              paramLabel = "DURATION",
              description = "How long it is good, as PT12H, which is the default.")
          Duration lifetime) {
    try {
      String token =
          new LocalIssuer(keyFile, region, InstantSource.system()).token(account, role, lifetime);
      console.answer(Map.of("token", token), Table.of(List.of(List.of(token))));
      return 0;
    } catch (IOException e) {
      console.error(
          "--key-file is " + keyFile + " (expected: a private JWK that can be read)",
          "Make one with: tributaryctl keys make FOLDER");
      return TributaryCtl.REFUSED;
    }
  }
}
