package io.tributary.fleet.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of the repository itself, beyond what compilers see. */
class TidyTest {

  private static final Path ROOT = repositoryRoot();

  private static final Set<String> SKIPPED_FOLDERS =
      Set.of(".git", "target", "node_modules", ".tributary");

  /** No service knows another's code: they meet over HTTP and Kafka. */
  private static final Set<String> PROCESSES =
      Set.of(
          "api-gateway",
          "playback-service",
          "steering-service",
          "oca-control-plane",
          "oca-node",
          "media-pipeline");

  /** A class beyond it has more than one job. */
  private static final int MAX_CLASS_LINES = 500;

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern HIDING_NAME =
      Pattern.compile(".*(Impl|Util|Utils|Helper|Manager)\\.java");

  /** In PEM of any kind, or as a JWK's private part. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN ([A-Z]+ )*PRIVATE KEY-----|\"d\"\\s*:\\s*\"[A-Za-z0-9_-]{32,}");

  private static final Pattern UNTRACKED_TODO =
      Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?! ?\\(#\\d+\\))");

  @Test
  void every_module_has_a_readme() {
    assertThat(modules())
        .allSatisfy(module -> assertThat(ROOT.resolve(module + "/README.md")).exists());
  }

  @Test
  void the_architecture_page_lists_exactly_the_modules() {
    String page = read(ROOT.resolve("docs/ARCHITECTURE.md"));
    String table = page.substring(page.indexOf("## Modules"));
    table =
        table.substring(
            0, table.indexOf("\n## ", 1) < 0 ? table.length() : table.indexOf("\n## ", 1));
    Set<String> listed = new LinkedHashSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `([^`]+)`").matcher(table);
    while (row.find()) {
      listed.add(row.group(1));
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(modules());
  }

  @Test
  void no_service_depends_on_another_service() {
    for (String module : PROCESSES) {
      assertThat(artifacts(read(ROOT.resolve(module + "/pom.xml"))))
          .as("dependencies of %s", module)
          .doesNotContainAnyElementsOf(
              PROCESSES.stream().filter(other -> !other.equals(module)).toList());
    }
  }

  @Test
  void every_link_in_the_documents_leads_somewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : files(".md")) {
      Matcher link = LINK.matcher(read(page));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains(":") && !Files.exists(page.resolveSibling(target))) {
          broken.add(ROOT.relativize(page) + " → " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void no_name_hides_what_a_class_is() {
    assertThat(files(".java"))
        .noneMatch(source -> HIDING_NAME.matcher(String.valueOf(source.getFileName())).matches());
  }

  @Test
  void what_is_left_to_do_names_its_issue() {
    List<String> found = new ArrayList<>();
    for (String ending : List.of(".java", ".ts", ".xml", ".yml")) {
      for (Path source : files(ending)) {
        if (!source.endsWith("TidyTest.java") && UNTRACKED_TODO.matcher(read(source)).find()) {
          found.add(ROOT.relativize(source).toString());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void no_class_is_longer_than_one_job() {
    assertThat(files(".java").stream().filter(source -> !source.toString().contains("/src/test/")))
        .allSatisfy(source ->
            assertThat(read(source).lines().count()).as("lines").isLessThan(MAX_CLASS_LINES));
  }

  @Test
  void every_package_is_null_marked() {
    Set<Path> unmarked = new LinkedHashSet<>();
    for (Path source : files(".java")) {
      Path folder = source.resolveSibling("package-info.java");
      if (source.toString().contains("/src/main/java/")
          && !(Files.exists(folder) && read(folder).contains("@NullMarked"))) {
        unmarked.add(ROOT.relativize(source.resolveSibling("")));
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @Test
  void a_private_key_is_known_in_every_form() {
    assertThat(
            List.of(
                "-----BEGIN " + "PRIVATE KEY-----",
                "-----BEGIN " + "EC PRIVATE KEY-----",
                "-----BEGIN " + "RSA PRIVATE KEY-----",
                "-----BEGIN " + "ENCRYPTED PRIVATE KEY-----",
                "{\"kty\":\"EC\", \"d\": \"" + "c2VjcmV0".repeat(5) + "\"}"))
        .allMatch(key -> PRIVATE_KEY.matcher(key).find());
  }

  @Test
  void no_private_key_is_committed() {
    List<String> found = new ArrayList<>();
    for (Path file : files("")) {
      if (PRIVATE_KEY.matcher(readIfText(file)).find()) {
        found.add(ROOT.relativize(file).toString());
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<String> modules() {
    List<String> modules = new ArrayList<>();
    Matcher module = MODULE.matcher(read(ROOT.resolve("pom.xml")));
    while (module.find()) {
      modules.add(module.group(1));
    }
    return modules;
  }

  private static Set<String> artifacts(String pom) {
    Set<String> artifacts = new LinkedHashSet<>();
    Matcher artifact = ARTIFACT.matcher(pom);
    while (artifact.find()) {
      artifacts.add(artifact.group(1));
    }
    return artifacts;
  }

  private static List<Path> files(String ending) {
    List<Path> found = new ArrayList<>();
    collect(ROOT, ending, found);
    return found;
  }

  private static void collect(Path folder, String ending, List<Path> found) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isDirectory(entry)) {
          if (!SKIPPED_FOLDERS.contains(String.valueOf(entry.getFileName()))) {
            collect(entry, ending, found);
          }
        } else if (entry.toString().endsWith(ending)) {
          found.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's text; empty for one that is not text. */
  private static String readIfText(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path repositoryRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("SECURITY.md"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no repository above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }
}
