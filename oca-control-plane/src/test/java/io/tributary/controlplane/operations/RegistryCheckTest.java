package io.tributary.controlplane.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryCheckTest {
  private static final String A_BLOCK =
      "an IPv4 or IPv6 block such as 192.0.2.0/24 or 2001:db8::/32";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.0/24",
        "192.0.2.1/32",
        "9.0.0.0/8",
        // A campus announces its own.
        "10.0.0.0/8",
        "192.168.1.0/24",
        "100.64.0.0/10",
        "fc00::/16",
        "2001:db8::/32",
        "2001:DB8:0:0:0:0:0:0/32",
        "2001:db8::1/128",
        "64:ff9b::192.0.2.0/120",
      })
  void aBlockThatANetworkMayHaveIsTaken(String prefix) {
    assertEquals(Optional.empty(), wrong(List.of(prefix)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "192.0.2.0",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/+8",
        "192.0.2.0/024",
        "192.0.2.0/24/24",
        " 192.0.2.0/24",
        "192.0.2.0/24 ",
        "192.0.2/24",
        "192.0.2.256/32",
        "192.0.02.0/24",
        "3221225984/24",
        "0xC0.0.2.0/24",
        "localhost/8",
        "2001:db8/32",
        "2001:db8::/129",
        "2001:db8::g/128",
        "2001::db8::/32",
        "[2001:db8::]/32",
        "fe80::%eth0/64",
        // v4 under another name.
        "::ffff:192.0.2.0/120",
        "::ffff:192.0.2.0/24",
      })
  void whatIsNoBlockIsRefused(String prefix) {
    assertEquals(
        Optional.of("prefixes[0] is " + prefix + " (expected: " + A_BLOCK + ")"),
        wrong(List.of(prefix)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 8",
    "0.0.0.0/7, 8",
    "10.0.0.0/7, 8",
    "::/0, 16",
    "::/15, 16",
    "2001::/15, 16",
  })
  void aBlockWiderThanAnyNetworkHasIsRefused(String prefix, String widest) {
    assertEquals(
        Optional.of("prefixes[0] is " + prefix + " (expected: /" + widest + " or longer)"),
        wrong(List.of(prefix)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1/24",
        "192.0.2.1/31",
        "192.0.3.0/23",
        "10.128.0.0/8",
        "2001:db8::1/32",
        "2001:db8:8000::/32",
        "2001:db8::1/127",
      })
  void bitsBeyondTheLengthAreRefused(String prefix) {
    assertEquals(
        Optional.of("prefixes[0] is " + prefix + " (expected: no bit set beyond its length)"),
        wrong(List.of(prefix)));
  }

  @Test
  void theSameBlockTwiceIsRefusedHoweverItIsWritten() {
    assertEquals(
        Optional.of("prefixes[2] is 2001:DB8:0::/32, which is prefixes[0] (expected: each once)"),
        wrong(List.of("2001:db8::/32", "192.0.2.0/24", "2001:DB8:0::/32")));
    assertEquals(
        Optional.empty(), wrong(List.of("192.0.2.0/24", "192.0.2.0/25")), "one covers the other");
  }

  @Test
  void moreBlocksThanTheBoundAreRefused() {
    List<String> most =
        IntStream.range(0, 2_000).mapToObj(i -> "10." + i / 256 + "." + i % 256 + ".0/24").toList();
    List<String> more = IntStream.range(0, 2_001).mapToObj(i -> "unread").toList();

    assertEquals(Optional.empty(), wrong(most));
    assertEquals(Optional.of("prefixes has 2001 entries (expected: at most 2000)"), wrong(more));
  }

  /** It may be half a megabyte. */
  @Test
  void aLongTextIsNotRepeatedWhole() {
    assertEquals(
        Optional.of("prefixes[0] is " + "1".repeat(49) + "… (expected: " + A_BLOCK + ")"),
        wrong(List.of("1".repeat(100_000))));
  }

  @Test
  void originsAreAutonomousSystemsEachOnce() {
    assertEquals(Optional.empty(), wrongOrigins(List.of(1L, 4_294_967_295L)));
    assertEquals(
        Optional.of("originAsns[1] is 0 (expected: 1 to 4294967295)"),
        wrongOrigins(List.of(1L, 0L)));
    assertEquals(
        Optional.of("originAsns[0] is 4294967296 (expected: 1 to 4294967295)"),
        wrongOrigins(List.of(4_294_967_296L)));
    assertEquals(
        Optional.of("originAsns[0] is -1 (expected: 1 to 4294967295)"), wrongOrigins(List.of(-1L)));
    assertEquals(
        Optional.of("originAsns[2] is 7, which is originAsns[0] (expected: each once)"),
        wrongOrigins(List.of(7L, 8L, 7L)));
    assertEquals(Optional.empty(), wrongOrigins(LongStream.rangeClosed(1, 200).boxed().toList()));
    assertEquals(
        Optional.of("originAsns has 201 entries (expected: at most 200)"),
        wrongOrigins(LongStream.rangeClosed(1, 201).boxed().toList()));
  }

  @Test
  void whatNobodySaysIsNotWrong() {
    assertEquals(Optional.empty(), RegistryCheck.wrong(new PutNetwork("ISP", 0, null, null)));
    assertEquals(Optional.empty(), RegistryCheck.wrong(new PutSite("isp", "Place", null, null)));
  }

  @Test
  void namesAndNumbersOutOfBoundsAreRefused() {
    assertEquals(
        Optional.of("asn is -1 (expected: 0 to 4294967295)"),
        RegistryCheck.wrong(new PutNetwork("ISP", -1, null, null)));
    assertEquals(
        Optional.of("asn is 4294967296 (expected: 0 to 4294967295)"),
        RegistryCheck.wrong(new PutNetwork("ISP", 4_294_967_296L, null, null)));
    assertEquals(
        Optional.of("name is   (expected: 1 to 200 characters)"),
        RegistryCheck.wrong(new PutNetwork(" ", 0, null, null)));
    assertEquals(
        Optional.of("name is " + "n".repeat(201) + " (expected: 1 to 200 characters)"),
        RegistryCheck.wrong(new PutSite("isp", "n".repeat(201), null, null)));
  }

  @ParameterizedTest
  @CsvSource({"90, 180", "-90, -180", "0, 0", "-33.8568, 151.2153"})
  void coordinatesOnEarthAreTaken(double latitude, double longitude) {
    assertEquals(Optional.empty(), wrong(latitude, longitude));
  }

  @Test
  void coordinatesThatAreNoneAreRefused() {
    assertEquals(Optional.of("latitude is 90.5 (expected: -90 to 90)"), wrong(90.5, 0.0));
    assertEquals(Optional.of("latitude is -91.0 (expected: -90 to 90)"), wrong(-91.0, 0.0));
    assertEquals(Optional.of("latitude is NaN (expected: -90 to 90)"), wrong(Double.NaN, 0.0));
    assertEquals(Optional.of("longitude is 180.5 (expected: -180 to 180)"), wrong(0.0, 180.5));
    assertEquals(
        Optional.of("longitude is -Infinity (expected: -180 to 180)"),
        wrong(0.0, Double.NEGATIVE_INFINITY));
    assertEquals(
        Optional.of("longitude is missing (expected: one, as there is a latitude)"),
        wrong(1.0, null));
    assertEquals(
        Optional.of("latitude is missing (expected: one, as there is a longitude)"),
        wrong(null, 1.0));
  }

  private static Optional<String> wrong(List<String> prefixes) {
    return RegistryCheck.wrong(new PutNetwork("ISP", 64_500, prefixes, null));
  }

  private static Optional<String> wrongOrigins(List<Long> origins) {
    return RegistryCheck.wrong(new PutNetwork("ISP", 64_500, null, origins));
  }

  private static Optional<String> wrong(@Nullable Double latitude, @Nullable Double longitude) {
    return RegistryCheck.wrong(new PutSite("isp", "Place", latitude, longitude));
  }
}
