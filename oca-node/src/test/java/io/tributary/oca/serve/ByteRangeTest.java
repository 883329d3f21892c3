package io.tributary.oca.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.oca.serve.ByteRange.Part;
import io.tributary.oca.serve.ByteRange.Unsatisfiable;
import io.tributary.oca.serve.ByteRange.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 14, for a file of 10,000 bytes as in its examples. */
class ByteRangeTest {
  private static final long SIZE = 10_000;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-499, 0, 499",
    "bytes=500-999, 500, 999",
    "bytes=-500, 9500, 9999",
    "bytes=9500-, 9500, 9999",
    "bytes=0-0, 0, 0",
    "bytes=-1, 9999, 9999",
    "bytes=9999-, 9999, 9999",
    "bytes=0-, 0, 9999",
    "bytes=0-99999999999999999999999999, 0, 9999",
    "bytes=-99999999999999999999999999, 0, 9999",
    "BYTES=1-2, 1, 2",
    "bytes=00000000000000000000000001-2, 1, 2",
    "bytes= 1-2, 1, 2"
  })
  void oneSatisfiableRangeIsAPart(String header, long first, long last) {
    assertThat(ByteRange.of(header, SIZE)).isEqualTo(new Part(first, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=10000-",
        "bytes=10000-10001",
        "bytes=-0",
        "bytes=99999999999999999999999999-"
      })
  void aRangeOutsideTheFileIsUnsatisfiable(String header) {
    assertThat(ByteRange.of(header, SIZE)).isEqualTo(new Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=a-b",
        "bytes=0x0-1",
        "bytes=1--2",
        "bytes=+1-2",
        "bytes=1-2-3",
        "lines=0-1",
        "bytes=0-1,3-4",
        "bytes=,0-1",
        "bytes 0-1",
        "bytes=1",
        "bytes=\u0661-\u0662"
      })
  void whatIsNoSingleRangeIsIgnored(String header) {
    assertThat(ByteRange.of(header, SIZE)).isEqualTo(new Whole());
  }

  @Test
  void aThousandRangesAreIgnored() {
    assertThat(ByteRange.of("bytes=" + "0-,".repeat(1_000) + "0-", SIZE)).isEqualTo(new Whole());
  }

  @Test
  void noHeaderIsTheWholeFile() {
    assertThat(ByteRange.of(null, SIZE)).isEqualTo(new Whole());
  }

  @Test
  void anEmptyFileHasNoRange() {
    assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new Unsatisfiable());
    assertThat(ByteRange.of("bytes=-5", 0)).isEqualTo(new Unsatisfiable());
  }
}
