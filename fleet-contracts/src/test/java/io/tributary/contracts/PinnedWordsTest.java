package io.tributary.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.event.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every word that two parts say to each other beside the samples: of enums, headers, topics,
 * problems, event types and bounds, as {@code contracts/words.txt} has them. A line that is in a
 * release is never changed or removed; a new word takes a new line.
 */
class PinnedWordsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void every_word_is_as_it_was_released() throws IOException {
    assertEquals(released(), String.join("\n", today()) + "\n");
  }

  /** What an enum writes, it reads. */
  @Test
  void every_enum_word_is_read_as_the_constant_that_wrote_it() {
    for (JavaClass contract : contracts()) {
      if (contract.isEnum()) {
        for (Object constant : contract.reflect().getEnumConstants()) {
          assertEquals(
              constant, JSON.readValue(JSON.writeValueAsBytes(constant), contract.reflect()));
        }
      }
    }
  }

  private static SortedSet<String> today() {
    SortedSet<String> words = new TreeSet<>();
    for (ProblemType type : ProblemType.values()) {
      words.add(
          "problem " + type.uri() + " " + type.status() + (type.retryable() ? " retryable" : ""));
    }
    for (Topics.Topic topic : Topics.ALL) {
      words.add(
          "topic "
              + topic.name()
              + " partitions="
              + topic.partitions()
              + (topic.isState() ? " state" : " hours=" + topic.retentionHours()));
    }
    for (JavaClass contract : contracts()) {
      Class<?> type = contract.reflect();
      if (contract.isEnum() && type != ProblemType.class) {
        for (Object constant : type.getEnumConstants()) {
          words.add("enum " + type.getSimpleName() + " " + JSON.writeValueAsString(constant));
        }
      }
      for (Field field : type.getDeclaredFields()) {
        if (isPublicConstant(field)) {
          words.add(
              "constant " + type.getSimpleName() + "." + field.getName() + " " + value(field));
        }
      }
    }
    return words;
  }

  private static Iterable<JavaClass> contracts() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(PinnedWordsTest.class.getPackageName());
  }

  private static boolean isPublicConstant(Field field) {
    int modifiers = field.getModifiers();
    return Modifier.isPublic(modifiers)
        && Modifier.isStatic(modifiers)
        && (field.getType() == String.class || field.getType().isPrimitive());
  }

  private static String value(Field field) {
    try {
      return String.valueOf(field.get(null)).replace("\n", "\\n");
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String released() throws IOException {
    try (InputStream words = PinnedWordsTest.class.getResourceAsStream("/contracts/words.txt")) {
      if (words == null) {
        throw new AssertionError("src/test/resources/contracts/words.txt is missing");
      }
      return new String(words.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
