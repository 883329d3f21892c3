package io.tributary.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/** A record prints its components, and what is printed reaches a log some day. */
class SecretRecordsTest {
  /** A token, a key, a password; a URL with a token in it, or a signed one. */
  private static final Pattern SECRET =
      Pattern.compile("(?i).*token|secret.*|.*password|privateKey|hls|dash|manifest|urls");

  @Test
  void a_record_with_a_secret_in_it_does_not_print_it() throws Exception {
    List<Class<?>> records = recordsWithSecrets();

    assertThat(records)
        .extracting(Class::getSimpleName)
        .contains("EnrolmentRequest", "StoredKey", "ObjectStoreCredentials", "Source");
    for (Class<?> type : records) {
      // What the compiler makes is final.
      assertThat(Modifier.isFinal(type.getMethod("toString").getModifiers()))
          .as("%s has no toString of its own that hides its secret", type)
          .isFalse();
    }
  }

  private static List<Class<?>> recordsWithSecrets() throws IOException, ClassNotFoundException {
    MetadataReaderFactory classes = new SimpleMetadataReaderFactory();
    List<Class<?>> found = new ArrayList<>();
    for (Resource file :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:io/tributary/**/*.class")) {
      var metadata = classes.getMetadataReader(file).getClassMetadata();
      if ("java.lang.Record".equals(metadata.getSuperClassName())) {
        Class<?> type =
            Class.forName(metadata.getClassName(), false, SecretRecordsTest.class.getClassLoader());
        if (Stream.of(type.getRecordComponents()).anyMatch(SecretRecordsTest::isSecret)) {
          found.add(type);
        }
      }
    }
    return found;
  }

  private static boolean isSecret(RecordComponent component) {
    return SECRET.matcher(component.getName()).matches()
        && component.getGenericType().getTypeName().contains("java.lang.String");
  }
}
