package io.tributary.client.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This SDK reads every sample that the contracts have released. It reads them as files, because it
 * depends on no other module.
 */
class ContractSamplesTest {
  private static final Path SAMPLES =
      Path.of("../../fleet-contracts/src/test/resources/contracts/api");

  static Stream<Arguments> readers() {
    return Stream.of(
        reader("playback", PlaybackReader::playback),
        reader("renewed-playback", PlaybackReader::renewal),
        reader("play-manifest", PlaybackReader::playManifest),
        reader("title-page", PlaybackReader::titles));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void everyReleasedSampleIsRead(String contract, Function<byte[], Object> reader)
      throws IOException {
    Path folder = SAMPLES.resolve(contract);
    assertThat(folder).isDirectory();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> samples = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertThat(samples).isNotEmpty();
      for (Path sample : samples) {
        assertThat(reader.apply(Files.readAllBytes(sample))).as(sample.toString()).isNotNull();
      }
    }
  }

  private static Arguments reader(String contract, Function<byte[], Object> reader) {
    return Arguments.of(contract, reader);
  }
}
