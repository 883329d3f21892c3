package io.tributary.ctl;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The operator's command line: {@code tributaryctl NOUN VERB}. A table on standard output, or with
 * {@code --json} exactly one JSON object; errors on standard error. Exit status 0: done; 1: refused
 * or failed; 2: not a command.
 */
@Command(
    name = "tributaryctl",
    description = "Operates a Tributary fleet through its admin door.",
    version = "tributaryctl 0.1.0",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "NOUN VERB",
    footer = {
      "",
      "The door and the token may also come from TRIBUTARY_ADMIN_URL and TRIBUTARY_ADMIN_TOKEN.",
      "Exit status: 0 done, 1 refused or failed, 2 not a command."
    })
public final class TributaryCtl implements Runnable {
  /** It ran, and the door refused or failed. */
  public static final int REFUSED = 1;

  /** What was typed is no command. */
  public static final int NOT_A_COMMAND = 2;

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The admin door, e.g. http://127.0.0.1:20090.")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Holds a bearer token with the role operator or admin.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object and nothing else.")
  private boolean json;

  private TributaryCtl(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs one command of this process and ends it with the command's status. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(System.getenv(), out, err, arguments);
    out.flush();
    System.exit(status);
  }

  /**
   * Runs one command.
   *
   * @param environment where the door and the token may be named
   * @param out gets the answer
   * @param err gets progress and errors
   * @return the exit status
   */
  public static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
    TributaryCtl root = new TributaryCtl(environment);
    Console console = new Console(root::isJson, out, err);
    Door door = new Door(root::open);
    CommandLine line =
        new CommandLine(root)
            .addSubcommand("titles", new TitlesCommand(door, console))
            .addSubcommand("accounts", new AccountsCommand(door, console))
            .addSubcommand("nodes", new NodesCommand(door, console))
            .addSubcommand("routes", new RoutesCommand(door, console))
            .addSubcommand("sites", new SitesCommand(door, console))
            .addSubcommand("networks", new NetworksCommand(door, console))
            .addSubcommand("packages", new PackagesCommand(door, console))
            .addSubcommand("purges", new PurgesCommand(door, console))
            .addSubcommand("decisions", new DecisionsCommand(door, console))
            .addSubcommand("enrolment-tokens", new EnrolmentTokensCommand(door, console))
            .addSubcommand("ingests", new IngestsCommand(door, console))
            .addSubcommand("keys", new KeysCommand(console))
            .addSubcommand("bearer-tokens", new BearerTokensCommand(console))
            .setOut(out)
            .setErr(err)
            .setUsageHelpAutoWidth(true)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((mistake, _) -> {
              String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
              console.error(String.valueOf(mistake.getMessage()), "See '" + command + " --help'.");
              return NOT_A_COMMAND;
            })
            .setExecutionExceptionHandler((failure, failed, _) -> {
              if (failure instanceof AdminException refusal) {
                console.error(refusal.detail(), Advice.on(refusal));
                return REFUSED;
              }
              throw failure;
            });
    return line.execute(arguments);
  }

  /** A noun is missing. */
  @Override
  public void run() {
    throw usage("what to do is missing (expected: NOUN VERB, e.g. titles list)");
  }

  private boolean isJson() {
    return json;
  }

  private AdminClient open() {
    String door = url == null ? environment.get("TRIBUTARY_ADMIN_URL") : url;
    if (door == null || door.isBlank()) {
      throw usage("the admin door is not named (expected: --url URL or TRIBUTARY_ADMIN_URL)");
    }
    try {
      return new AdminClient(URI.create(door), token());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private String token() {
    if (tokenFile != null) {
      try {
        return Files.readString(tokenFile).strip();
      } catch (IOException e) {
        throw usage("--token-file is " + tokenFile + " (expected: a file that can be read)");
      }
    }
    String token = environment.get("TRIBUTARY_ADMIN_TOKEN");
    if (token == null || token.isBlank()) {
      throw usage("there is no token (expected: --token-file FILE or TRIBUTARY_ADMIN_TOKEN)");
    }
    return token;
  }

  private ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
