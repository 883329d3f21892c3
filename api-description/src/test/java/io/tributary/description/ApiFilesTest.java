package io.tributary.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/api} is what the handlers say, wholly described, and keeps what was promised. */
class ApiFilesTest {
  private static final boolean WRITES = Boolean.getBoolean("openapi.write");

  /** After a change of an API: {@code -Dopenapi.write=true}, and look at the difference. */
  @ParameterizedTest
  @EnumSource
  void the_checked_in_description_is_what_the_handlers_say(ApiFile file) throws IOException {
    String said = ApiDescription.of(file);
    if (WRITES) {
      Files.writeString(file.current(), said);
    }

    assertThat(file.current()).as("write it with -Dopenapi.write=true").exists();
    assertThat(Files.readString(file.current()))
        .as("%s is stale: write it with -Dopenapi.write=true", file.current())
        .isEqualTo(said);
  }

  @ParameterizedTest
  @EnumSource
  void nothing_that_was_released_is_broken(ApiFile file) {
    if (Files.exists(file.released())) {
      assertThat(BreakingChanges.between(read(file.released()), read(file.current())))
          .as("what apps were promised by %s", file.released())
          .isEmpty();
    }
  }

  @Test
  void every_released_description_is_still_there() throws IOException {
    try (Stream<Path> released = Files.list(ApiFile.PLAYBACK.released().resolveSibling(""))) {
      assertThat(released.sorted())
          .isSubsetOf(Arrays.stream(ApiFile.values()).map(ApiFile::released).toList())
          .contains(ApiFile.PLAYBACK.released());
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_operation_parameter_and_field_is_described(ApiFile file) {
    List<String> silent = new ArrayList<>();
    operations(read(file))
        .forEach(operation -> {
          String id = operation.path("operationId").asString();
          silentIf(operation.path("summary"), id, silent);
          operation
              .path("parameters")
              .forEach(parameter ->
                  silentIf(
                      parameter.path("description"), id + " " + parameter.path("name"), silent));
        });
    for (Map.Entry<String, JsonNode> schema :
        read(file).path("components").path("schemas").properties()) {
      silentIf(schema.getValue().path("description"), schema.getKey(), silent);
      for (Map.Entry<String, JsonNode> field : schema.getValue().path("properties").properties()) {
        silentIf(
            field.getValue().path("description"), schema.getKey() + "." + field.getKey(), silent);
      }
    }

    assertThat(silent).as("say it in the comment of the handler or record").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void every_operation_has_an_id_of_its_own(ApiFile file) {
    assertThat(operations(read(file)).map(operation -> operation.path("operationId").asString()))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void every_reference_leads_somewhere(ApiFile file) {
    JsonNode api = read(file);

    assertThat(api.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(reference -> {
          assertThat(reference).startsWith("#/components/");
          assertThat(api.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
        });
  }

  private static Stream<JsonNode> operations(JsonNode api) {
    return api.path("paths").valueStream().flatMap(JsonNode::valueStream);
  }

  private static void silentIf(JsonNode words, String where, List<String> silent) {
    if (words.asString("").isBlank()) {
      silent.add(where);
    }
  }

  private static JsonNode read(ApiFile file) {
    return read(file.current());
  }

  private static JsonNode read(Path file) {
    return JsonMapper.shared().readTree(file.toFile());
  }
}
