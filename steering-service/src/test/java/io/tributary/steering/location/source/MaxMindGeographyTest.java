package io.tributary.steering.location.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.steering.location.Coordinates;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaxMindGeographyTest {
  @TempDir private Path folder;

  @Test
  void anAddressIsWhereTheDatabaseSays() throws IOException {
    try (MaxMindGeography geography = open(database().bytes())) {
      assertEquals(Optional.of(new Coordinates(48.21, 16.37)), find(geography, "192.0.2.7"));
      assertEquals(Optional.of(new Coordinates(-33.87, 151.21)), find(geography, "10.255.0.1"));
    }
  }

  @Test
  void whatTheDatabaseDoesNotKnowOrHasWrongIsNotKnown() throws IOException {
    try (MaxMindGeography geography = open(database().bytes())) {
      assertThat(find(geography, "8.8.8.8")).as("no record").isEmpty();
      assertThat(find(geography, "172.16.0.1")).as("record without a place").isEmpty();
      assertThat(find(geography, "198.51.100.1")).as("not a number").isEmpty();
      assertThat(find(geography, "203.0.113.1")).as("beyond the pole").isEmpty();
      assertThat(find(geography, "2001:db8::1")).as("IPv6 in a database of IPv4").isEmpty();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() {
    assertThatThrownBy(() -> open("prefix,site".getBytes(UTF_8))).isInstanceOf(IOException.class);
  }

  @Test
  void aDamagedDatabaseGivesPlacesOrNothing() throws IOException {
    byte[] whole = database().bytes();
    int refused = 0;
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try (MaxMindGeography geography = open(damaged)) {
        for (String address : new String[] {"192.0.2.7", "10.255.0.1", "8.8.8.8", "172.16.0.1"}) {
          assertThat(find(geography, address)).as("seed %d", seed).isNotNull();
        }
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 2_999);
  }

  private static MaxMindDatabase database() throws IOException {
    return new MaxMindDatabase()
        .put("192.0.2.0/24", 48.21, 16.37)
        .put("10.0.0.0/8", -33.87, 151.21)
        .put("198.51.100.0/24", Double.NaN, 16.37)
        .put("203.0.113.0/24", 90.5, 16.37)
        .putNowhere("172.16.0.0/12");
  }

  private static Optional<Coordinates> find(MaxMindGeography geography, String address) {
    return geography.find(InetAddress.ofLiteral(address));
  }

  private MaxMindGeography open(byte[] bytes) throws IOException {
    Path file = folder.resolve("places.mmdb");
    Files.write(file, bytes);
    return MaxMindGeography.open(file);
  }
}
