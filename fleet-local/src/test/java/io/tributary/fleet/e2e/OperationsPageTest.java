package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tributary.ctl.TributaryCtl;
import io.tributary.fleet.e2e.OperationsPage.Block;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/operations.md says can be said: its commands, names, paths, settings and alerts are
 * there.
 */
class OperationsPageTest {
  private static final Path ROOT = Fleet.repositoryRoot();
  private static final Path RULES = ROOT.resolve("k8s/components/monitoring/rules");
  private static final Duration A_COMMAND = Duration.ofMinutes(1);

  private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z-]+>|…|\\b[A-Z]{4,}\\b(?!=)");
  private static final Pattern ALERT = Pattern.compile("(?m)^\\s*-?\\s*alert:\\s*(\\S+)\\s*$");
  private static final Pattern LINK_WITHIN = Pattern.compile("\\]\\(#([^)]+)\\)");
  private static final Pattern KUSTOMIZED = Pattern.compile("-k (\\S+)");
  private static final Pattern OBJECT =
      Pattern.compile("\\b(deployment|statefulset|scaledobject|pod|service|job)/([a-z0-9-]+)");
  private static final Pattern SECRETS = Pattern.compile("for secret in ([a-z -]+);");
  private static final Pattern SECRET = Pattern.compile("create secret generic ([a-z][a-z-]*)");
  private static final Pattern TOOL =
      Pattern.compile("\\btributaryctl ([a-z-]+) ([a-z]+)([^|\\n]*)");
  private static final Pattern OPTION = Pattern.compile("(?<= )(--[a-z-]+)");
  private static final Pattern SETTING =
      Pattern.compile(
          "\\b(?:GATEWAY|PLAYBACK|STEERING|CONTROLPLANE|OCA|PIPELINE|TRIBUTARY)_[A-Z0-9_]+\\b");
  private static final Pattern RUN_OR_EXEC =
      Pattern.compile(
          "docker compose (?:exec|run)(?: -(?!-entrypoint)\\S+| --entrypoint \\S+)* (\\S+)");
  private static final Pattern STOP_OR_UP =
      Pattern.compile("docker compose (?:stop|up)(?: --[a-z-]+)*((?: [a-z0-9-]+)*)");
  private static final Pattern ROLL = Pattern.compile("containers/roll((?: \\S+)+)");
  private static final Pattern KIND = Pattern.compile("(?m)^kind: (\\w+)$");
  private static final Pattern NAME = Pattern.compile("(?m)^  name: ([a-z0-9-]+)$");
  private static final Pattern MOUNTED = Pattern.compile("secretName: ([a-z-]+)");

  private final OperationsPage page = OperationsPage.read();

  @Test
  void every_block_says_where_it_runs() {
    assertThat(page.blocks())
        .isNotEmpty()
        .allSatisfy(block ->
            assertThat(block.runs() || block.isNotRun())
                .as("%s is marked \"%s\"", block, block.mark())
                .isTrue());
    assertThat(page.blocks(OperationsPage.COMPOSE)).hasSizeGreaterThan(10);
  }

  @Test
  void what_is_not_run_says_so_and_why() {
    assertThat(page.blocks().stream().filter(Block::isNotRun))
        .allSatisfy(block ->
            assertThat(block.before())
                .as("the text before %s", block)
                .isEqualTo("Not run by the tests: " + block.reason() + "."));
  }

  @Test
  void what_is_run_can_be_typed_as_it_stands() {
    assertThat(page.blocks().stream().filter(Block::runs))
        .allSatisfy(block ->
            assertThat(PLACEHOLDER.matcher(block.commands()).results().map(MatchResult::group))
                .as("placeholders in %s", block)
                .isEmpty());
  }

  /** Its operator makes a Secret that it does not find, with a password that no service knows. */
  @Test
  void cassandras_secret_is_made_before_its_cluster() {
    String commands = page.blocks().stream().map(Block::commands).collect(Collectors.joining("\n"));

    assertThat(commands).contains("kubectl -n tributary-cassandra create secret generic cassandra");
    assertThat(commands.indexOf("kubectl -n tributary-cassandra create secret generic cassandra"))
        .isLessThan(commands.indexOf("kubectl apply -k k8s/overlays/production\n"));
  }

  @Test
  void every_block_is_bash() {
    Shell shell = new Shell(ROOT, Map.of(), "");
    for (Block block : page.blocks()) {
      shell.run("bash -n <<'COMMANDS'\n" + block.commands() + "COMMANDS\n", A_COMMAND);
    }
  }

  /** As the Kubernetes side of a rotation: the tool's own words, on a folder. */
  @Test
  void what_needs_no_fleet_is_run(@TempDir Path folder) {
    Shell shell =
        new Shell(
            folder,
            Map.of(
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "CLASSPATH", System.getProperty("java.class.path")),
            "tributaryctl() { \"$JAVA\" -XX:TieredStopAtLevel=1 io.tributary.ctl.TributaryCtl \"$@\"; }");
    page.blocks(OperationsPage.CHECKOUT).forEach(block -> shell.run(block.commands(), A_COMMAND));
  }

  @Test
  void every_word_of_the_tool_is_one() {
    List<String> wrong = new ArrayList<>();
    Map<String, String> helps = new HashMap<>();
    for (Block block : page.blocks()) {
      TOOL.matcher(block.commands())
          .results()
          .forEach(call -> {
            String help = helps.computeIfAbsent(call.group(1) + " " + call.group(2), this::help);
            if (help.isEmpty()) {
              wrong.add(block + ": " + call.group());
            }
            OPTION
                .matcher(call.group(3))
                .results()
                .map(MatchResult::group)
                .filter(option -> !help.contains(option))
                .forEach(option -> wrong.add(block + ": " + option + " of " + call.group()));
          });
    }
    assertThat(helps).hasSizeGreaterThan(5);
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_service_that_compose_is_told_is_composed() throws IOException {
    String file = Files.readString(ROOT.resolve("docker-compose.yml"));
    String services = file.substring(file.indexOf("\nservices:"), file.indexOf("\nnetworks:"));
    Set<String> composed = new TreeSet<>();
    matches(Pattern.compile("(?m)^  ([a-z0-9-]+):$"), services).forEach(composed::add);
    Set<String> replicated = new TreeSet<>();
    composed.forEach(name -> replicated.add(name.replaceFirst("-[0-9]+$", "")));

    List<String> told = new ArrayList<>();
    for (Block block : page.blocks(OperationsPage.COMPOSE).toList()) {
      matches(RUN_OR_EXEC, block.commands()).forEach(told::add);
      Stream.of(STOP_OR_UP, ROLL)
          .flatMap(pattern -> matches(pattern, block.commands()))
          .flatMap(names -> Stream.of(names.strip().split(" ", -1)))
          .filter(name -> !name.isEmpty())
          .forEach(told::add);
    }
    assertThat(told)
        .hasSizeGreaterThan(20)
        .allMatch(
            name -> name.startsWith("$") || composed.contains(name) || replicated.contains(name));
  }

  @Test
  void every_object_and_folder_of_kubernetes_is_there() throws IOException {
    Set<String> objects = manifests();
    List<String> missing = new ArrayList<>();
    for (Block block : page.blocks()) {
      matches(KUSTOMIZED, block.commands())
          .filter(folder -> !Files.exists(ROOT.resolve(folder).resolve("kustomization.yaml")))
          .forEach(folder -> missing.add(block + ": " + folder));
      OBJECT
          .matcher(block.commands())
          .results()
          .filter(object -> !objects.contains(named(object.group(1), object.group(2))))
          .forEach(object -> missing.add(block + ": " + object.group()));
      Stream.concat(
              matches(SECRET, block.commands()),
              matches(SECRETS, block.commands()).flatMap(names -> Stream.of(names.split(" ", -1))))
          .filter(secret -> !objects.contains("secret/" + secret))
          .forEach(secret -> missing.add(block + ": secret " + secret));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_setting_is_one() throws IOException {
    String known =
        Files.readString(ROOT.resolve("docs/settings.md"))
            + Files.readString(ROOT.resolve("docker-compose.yml"))
            + Files.readString(ROOT.resolve("tributaryctl/README.md"));

    assertThat(matches(SETTING, page.text(), 0).filter(setting -> !known.contains(setting)))
        .isEmpty();
  }

  @Test
  void every_link_within_the_page_leads_to_a_heading() {
    assertThat(page.anchors()).containsAll(matches(LINK_WITHIN, page.text()).toList());
  }

  @Test
  void every_alert_has_its_heading_and_every_heading_its_alert() throws IOException {
    assertThat(page.alerts()).isNotEmpty();
    // In a checkout without rules there is nothing to compare with.
    assumeThat(RULES).exists();
    Set<String> alerts = new TreeSet<>();
    try (Stream<Path> files = Files.list(RULES)) {
      files
          .filter(file -> file.toString().endsWith(".yml"))
          .forEach(file -> matches(ALERT, read(file)).forEach(alerts::add));
    }

    assertThat(page.alerts()).containsExactlyInAnyOrderElementsOf(alerts);
  }

  private String help(String words) {
    StringWriter out = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(words.split(" ", -1)));
    arguments.add("--help");
    int exit =
        TributaryCtl.run(
            Map.of(),
            new PrintWriter(out),
            new PrintWriter(new StringWriter()),
            arguments.toArray(String[]::new));
    return exit == 0 ? out.toString() : "";
  }

  /** A pod is named after its StatefulSet. */
  private static String named(String kind, String name) {
    return kind.equals("pod")
        ? "statefulset/" + name.replaceFirst("-[0-9]+$", "")
        : kind + "/" + name;
  }

  /** Every object of every manifest as {@code kind/name}, and the secrets that they mount. */
  private static Set<String> manifests() throws IOException {
    Set<String> objects = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("k8s"))) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !file.toString().contains("/node_modules/"))
          .map(OperationsPageTest::read)
          .forEach(text -> {
            matches(MOUNTED, text).forEach(secret -> objects.add("secret/" + secret));
            for (String document : text.split("(?m)^---$", -1)) {
              Optional<String> kind = matches(KIND, document).findFirst();
              Optional<String> name = matches(NAME, document).findFirst();
              if (kind.isPresent() && name.isPresent()) {
                objects.add(kind.get().toLowerCase(Locale.ROOT) + "/" + name.get());
              }
            }
          });
    }
    return objects;
  }

  private static Stream<String> matches(Pattern pattern, String text) {
    return matches(pattern, text, 1);
  }

  private static Stream<String> matches(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(found -> found.group(group));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
