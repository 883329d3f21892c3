package io.tributary.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PackageHeld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Today's reader accepts every sample that was ever released: {@code
 * contracts/<package>/<record>/v<n>/*.json}. A sample that is in a release is never changed or
 * removed.
 */
class GoldenSamplesTest {
  /** What goes over the wire; {@code context} travels in headers. */
  private static final Set<String> WIRE =
      Set.of("api", "admin", "node", "event", "media", "steering");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TestFactory
  Stream<DynamicTest> every_sample_is_accepted() {
    return samples().entrySet().stream()
        .map(sample ->
            dynamicTest(
                sample.getKey(),
                () -> {
                  JavaType type = type(sample.getKey());
                  Object read = JSON.readValue(sample.getValue().toFile(), type);
                  Object again = JSON.readValue(JSON.writeValueAsBytes(read), type);
                  assertEquals(read, again, "what we write is not what we read");
                }));
  }

  /**
   * Full means full: nothing null, nothing empty, and no field of it is lost on its way. An older
   * version's sample was full when it was written.
   */
  @TestFactory
  Stream<DynamicTest> every_newest_full_sample_comes_back_whole() {
    return samples().entrySet().stream()
        .filter(sample -> sample.getKey().endsWith("/full.json"))
        .filter(sample -> !samples().containsKey(ofTheNextVersion(sample.getKey())))
        .map(sample ->
            dynamicTest(
                sample.getKey(),
                () -> {
                  JsonNode written = JSON.readTree(sample.getValue().toFile());
                  Object read = JSON.readValue(sample.getValue().toFile(), type(sample.getKey()));
                  JsonNode back = JSON.valueToTree(read);
                  assertEquals(written, JSON.readTree(JSON.writeValueAsBytes(back)));
                  assertEquals(List.of(), holes("", back), "these fields are not in it");
                }));
  }

  @TestFactory
  Stream<DynamicTest> every_minimal_sample_has_a_field_that_nobody_knows() {
    return samples().entrySet().stream()
        .filter(sample -> sample.getKey().endsWith("/minimal.json"))
        .map(sample ->
            dynamicTest(
                sample.getKey(),
                () -> {
                  JsonNode written = JSON.readTree(sample.getValue().toFile());
                  Object read = JSON.readValue(sample.getValue().toFile(), type(sample.getKey()));
                  JsonNode back = JSON.valueToTree(read);
                  assertTrue(written.propertyNames().stream().anyMatch(name -> !back.has(name)));
                }));
  }

  @Test
  void every_wire_record_has_samples() {
    Set<String> missing = new TreeSet<>();
    for (String record : recordsByFolder().keySet()) {
      for (String name : List.of("full", "minimal")) {
        if (!samples().containsKey(record + "/v1/" + name + ".json")) {
          missing.add(record + "/v1/" + name + ".json");
        }
      }
    }
    assertEquals(Set.of(), missing, "add these below src/test/resources/contracts");
  }

  /** A record that went away, or moved, would otherwise take its samples' meaning with it. */
  @Test
  void every_sample_has_its_record() {
    for (String sample : samples().keySet()) {
      assertTrue(recordsByFolder().containsKey(folder(sample)), sample);
    }
    assertFalse(samples().isEmpty());
  }

  private static JavaType type(String sample) {
    Class<?> record = recordsByFolder().get(folder(sample));
    if (record == null) {
      throw new AssertionError("no record for " + sample);
    }
    return record == Event.class
        ? JSON.getTypeFactory().constructParametricType(Event.class, PackageHeld.class)
        : JSON.constructType(record);
  }

  /** {@code node/heartbeat} of {@code node/heartbeat/v1/full.json}. */
  private static String folder(String sample) {
    String[] parts = sample.split("/", -1);
    return parts[0] + "/" + parts[1];
  }

  /** {@code node/heartbeat/v2/full.json} of {@code node/heartbeat/v1/full.json}. */
  private static String ofTheNextVersion(String sample) {
    String[] parts = sample.split("/", -1);
    parts[2] = "v" + (Integer.parseInt(parts[2].substring(1)) + 1);
    return String.join("/", parts);
  }

  private static Map<String, Class<?>> recordsByFolder() {
    return Records.BY_FOLDER;
  }

  private static SortedMap<String, Path> samples() {
    return Samples.BY_NAME;
  }

  private static List<String> holes(String pointer, JsonNode node) {
    List<String> holes = new ArrayList<>();
    if (node.isNull() || (node.isContainer() && node.isEmpty())) {
      holes.add(pointer);
    }
    if (node.isObject()) {
      node.properties()
          .forEach(field -> holes.addAll(holes(pointer + "/" + field.getKey(), field.getValue())));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        holes.addAll(holes(pointer + "/" + i, node.get(i)));
      }
    }
    return holes;
  }

  private static final class Records {
    private static final Map<String, Class<?>> BY_FOLDER = find();

    private static Map<String, Class<?>> find() {
      String root = GoldenSamplesTest.class.getPackageName();
      Map<String, Class<?>> records = new TreeMap<>();
      for (JavaClass found :
          new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages(root)) {
        String feature = found.getPackageName().substring(root.length()).replaceFirst("^\\.", "");
        if (found.isRecord() && found.isTopLevelClass() && WIRE.contains(feature)) {
          String name = found.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
          records.put(feature + "/" + name.toLowerCase(Locale.ROOT), found.reflect());
        }
      }
      return records;
    }
  }

  private static final class Samples {
    private static final SortedMap<String, Path> BY_NAME = find();

    private static SortedMap<String, Path> find() {
      URL root = GoldenSamplesTest.class.getResource("/contracts");
      if (root == null) {
        throw new AssertionError("no samples on the class path");
      }
      try {
        Path folder = Path.of(root.toURI());
        SortedMap<String, Path> samples = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .filter(file -> file.toString().endsWith(".json"))
              .forEach(
                  file -> samples.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        return samples;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (URISyntaxException e) {
        throw new AssertionError(e);
      }
    }
  }
}
