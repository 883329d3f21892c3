package io.tributary.pipeline.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.contracts.media.MediaKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that no packager made. */
class FragmentedTrackTest {
  @TempDir Path directory;

  @Test
  void whatTheBoxesSayIsRead() throws Exception {
    FragmentedTrack track = FragmentedTrack.read(file(sample()));

    assertThat(track.kind()).isEqualTo(MediaKind.VIDEO);
    assertThat(track.codecs()).isEqualTo("avc1.64001e");
    assertThat(track.timescale()).isEqualTo(24_000);
    assertThat(track.width()).isEqualTo(640);
    assertThat(track.fragments()).hasSize(1);
    FragmentedTrack.Fragment fragment = track.fragments().getFirst();
    assertThat(fragment.start()).isEqualTo(96_096);
    assertThat(fragment.duration()).isEqualTo(2002);
    assertThat(fragment.startsDecodable()).isTrue();
  }

  /** Whatever byte is wrong, the answer is a track or a refusal, and it comes at once. */
  @Test
  void noByteMakesItFailOtherwise() throws Exception {
    byte[] good = sample();
    long seed = 20_261_123;
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = good.clone();
      for (int n = 0; n <= random.nextInt(4); n++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Path file = file(i % 3 == 0 ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
      try {
        assertThat(FragmentedTrack.read(file).timescale()).isPositive();
      } catch (IOException expected) {
        assertThat(expected).as("seed %s, round %s", seed, i).isNotNull();
      }
    }
  }

  @Test
  void aBoxLargerThanTheFileIsRefused() throws Exception {
    Path file = file(box("moov", new byte[8], 1_000_000));

    assertThatThrownBy(() -> FragmentedTrack.read(file))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("moov at 0 has size 1000000 (expected: within the file)");
  }

  @Test
  void aCountOfSamplesBeyondTheBoxIsRefused() throws Exception {
    byte[] bytes = sample();
    int trun = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("trun");
    ByteBuffer.wrap(bytes).putInt(trun + 8, -1);

    assertThatThrownBy(() -> FragmentedTrack.read(file(bytes)))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("trun names 4294967295 samples");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("track.mp4"), bytes);
  }

  private static byte[] sample() {
    byte[] avcc = box("avcC", new byte[] {1, 0x64, 0, 0x1e, (byte) 0xff});
    ByteBuffer entry = ByteBuffer.allocate(78 + avcc.length);
    entry.putShort(24, (short) 640).putShort(26, (short) 360);
    entry.position(78).put(avcc);
    byte[] stsd = box("stsd", join(ints(0, 1), box("avc1", entry.array())));
    byte[] mdia =
        box("mdia", join(box("mdhd", ints(0, 0, 0, 24_000, 0, 0)), box("minf", box("stbl", stsd))));
    byte[] moov =
        box(
            "moov",
            join(box("trak", mdia), box("mvex", box("trex", ints(0, 1, 1, 1001, 0, 0x10000)))));
    byte[] traf =
        box(
            "traf",
            join(
                box("tfhd", ints(0x020000, 1)),
                box("tfdt", ints(0, 96_096)),
                // Two samples; sizes and signed offsets, and flags of the first.
                box("trun", ints(0x01000a04, 2, 0x02000000, 100, 0, 50, -1001 + 1001))));
    return join(
        box("ftyp", ints(0x69736f36, 0)), moov, box("moof", traf), box("mdat", new byte[150]));
  }

  private static byte[] ints(int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] box(String type, byte[] body) {
    return box(type, body, body.length + 8);
  }

  private static byte[] box(String type, byte[] body, int size) {
    return ByteBuffer.allocate(body.length + 8)
        .putInt(size)
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(body)
        .array();
  }
}
