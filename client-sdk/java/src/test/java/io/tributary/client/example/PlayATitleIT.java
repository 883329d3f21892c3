package io.tributary.client.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.fixture.TestFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlayATitleIT {
  @Test
  void theExamplePlays() throws InterruptedException {
    try (TestFleet fleet = new TestFleet(1, 2, 500, 100_000, 200_000)) {
      PlayATitle.main(new String[] {fleet.gateway().uri("").toString(), "tok"});

      assertThat(fleet.node(0).requests()).isNotEmpty();
    }
  }

  @Test
  void theReadmeShowsThisExample() throws IOException {
    String example =
        Files.readString(Path.of("src/test/java/io/tributary/client/example/PlayATitle.java"));

    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "```");
    assertThat(example.lines()).hasSizeLessThanOrEqualTo(60);
  }
}
