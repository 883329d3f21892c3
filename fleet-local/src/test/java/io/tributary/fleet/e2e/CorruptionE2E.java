package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.Play;
import io.tributary.client.PlayEvent;
import io.tributary.client.PlayOptions;
import io.tributary.client.PlayReport;
import io.tributary.client.TributaryClient;
import io.tributary.client.nodes.NodeFault;
import io.tributary.client.transport.Transport;
import io.tributary.client.transport.TransportRequest;
import io.tributary.client.transport.TransportResponse;
import io.tributary.client.transport.urlconnection.UrlConnectionTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A byte that changed on a node's disk is found, dropped, fetched again and reported; no viewer
 * ever sees it.
 */
@ExtendWith(FleetExtension.class)
class CorruptionE2E {
  /**
   * A full pass of the scrub on this fleet (60 s), a little for the refetch, and the machine's
   * other work.
   */
  private static final Duration WINDOW = Duration.ofSeconds(90);

  /** Which segment the SDK meets with a wrong byte: the third, in mid-play. */
  private static final int FLIPPED = 2;

  /** A minute's title without pacing, on a machine that does other work as well. */
  private static final Duration PLAYED = Duration.ofMinutes(1);

  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @Test
  void a_flipped_byte_in_a_cold_file_is_found_and_mended() throws IOException {
    JsonNode manifest = fleet.manifest(fleet.play(Fleet.DEMO_TITLE));
    Held held =
        Held.at(
            URI.create(
                manifest.get("pathways").get(0).get("baseUrl").asString()
                    + Fleet.segment(manifest, 1)));

    held.flipAByte();

    held.awaitMended();
    assertReported(held);
  }

  @Test
  void a_flipped_byte_in_a_warm_open_file_is_passed_over_by_the_sdk_until_it_is_mended()
      throws InterruptedException {
    String token = fleet.token("demo");
    FlippingTransport transport = new FlippingTransport();
    TributaryClient client =
        TributaryClient.builder(fleet.gateway())
            .bearerToken(() -> token)
            .transport(transport)
            .build();
    List<PlayEvent> events = new CopyOnWriteArrayList<>();
    PlayReport report;
    try (Play play = client.open(Fleet.DEMO_TITLE, PlayOptions.defaults().withoutPacing())) {
      play.addListener(events::add);
      play.start();
      report = play.awaitEnd(PLAYED).orElseThrow();
    }

    Held flipped = transport.flipped();
    assertThat(report.error()).isNull();
    assertThat(report.failovers()).isPositive();
    assertThat(events)
        .as("the node that sent the wrong byte is left for it")
        .anyMatch(event ->
            event instanceof PlayEvent.NodeFailed failed
                && failed.nodeId().equals(flipped.nodeId())
                && failed.fault() == NodeFault.CORRUPT);
    assertThat(
            events.stream()
                .filter(
                    event -> event instanceof PlayEvent.SegmentLoaded loaded && flipped.is(loaded))
                .map(event -> ((PlayEvent.SegmentLoaded) event).nodeId()))
        .as("who sent %s in the end", flipped.path())
        .singleElement()
        .isNotEqualTo(flipped.nodeId());
    flipped.awaitMended();
    assertReported(flipped);
  }

  /**
   * Sends as the SDK does, and flips a byte of the third segment, of picture or sound, on the disk
   * of the node that is asked for it, at the instant before. Until then the file is right, and open
   * on the node, which has just sent it: so neither the scrub nor the node's own look at a file it
   * opens can be first to find it.
   */
  private static final class FlippingTransport implements Transport {
    private final Transport sdks = new UrlConnectionTransport();
    private final AtomicReference<@Nullable Held> flipped = new AtomicReference<>();

    @Override
    public TransportResponse send(TransportRequest request) throws IOException {
      if (request.uri().getPath().endsWith("/" + Held.fileName(FLIPPED))) {
        Held asked = Held.at(request.uri());
        if (flipped.compareAndSet(null, asked)) {
          assertThat(fleet.get(request.uri(), null).statusCode()).isEqualTo(200);
          asked.flipAByte();
        }
      }
      return sdks.send(request);
    }

    Held flipped() {
      return Objects.requireNonNull(flipped.get(), "the SDK asked for no third segment");
    }
  }

  private static void assertReported(Held held) {
    Fleet.await(
        "the control plane tells of " + held.path() + " on " + held.nodeId(),
        Duration.ofSeconds(10),
        () ->
            fleet.processes("oca-control-plane").stream()
                .map(name -> fleet.ok("logs", name).out())
                .anyMatch(log ->
                    log.contains("corrupt")
                        && log.contains(held.nodeId())
                        && log.contains(held.path())));
  }

  /**
   * A file on a node's disk.
   *
   * @param path {@code RENDITION/FILE}
   * @param sha256 while it was right
   */
  private record Held(String nodeId, Path file, URI url, String path, String sha256) {

    /** The file that a media URL names, on the disk of the node that it names. */
    static Held at(URI url) {
      String[] parts = url.getPath().split("/", -1);
      String path = parts[5] + "/" + parts[6];
      String nodeId =
          Fleet.elements(fleet.status().get("nodes"))
              .filter(node ->
                  URI.create(node.get("baseUrl").asString())
                      .getAuthority()
                      .equals(url.getAuthority()))
              .map(node -> node.get("id").asString())
              .findFirst()
              .orElseThrow(() -> new AssertionError("no node at " + url.getAuthority()));
      Path file = FleetFiles.held(fleet, nodeId, parts[3], parts[4], path);
      return new Held(nodeId, file, url, path, sha256(file).orElseThrow());
    }

    /** As the packager names a rendition's segments. */
    static String fileName(int index) {
      return "%05d.m4s".formatted(index + 1);
    }

    /** Whether this is the segment that was loaded. */
    boolean is(PlayEvent.SegmentLoaded loaded) {
      return path.equals(loaded.renditionId() + "/" + fileName(loaded.index()));
    }

    /** Changes one byte in place and puts the time of change back, as a failing disk would. */
    void flipAByte() throws IOException {
      FileTime modified = Files.getLastModifiedTime(file);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        ByteBuffer one = ByteBuffer.allocate(1);
        long middle = channel.size() / 2;
        channel.read(one, middle);
        one.put(0, (byte) (one.get(0) ^ 0x40)).rewind();
        channel.write(one, middle);
      }
      Files.setLastModifiedTime(file, modified);
      assertThat(isWhole()).isFalse();
    }

    void awaitMended() {
      Fleet.await(path + " on " + nodeId + " is whole again", WINDOW, this::isWhole);
      Fleet.await(
          nodeId + " serves it again",
          Duration.ofSeconds(10),
          () -> fleet.get(url, null).statusCode() == 200);
    }

    private boolean isWhole() {
      return sha256(file).equals(Optional.of(sha256));
    }

    /** Empty while the file is dropped. */
    private static Optional<String> sha256(Path file) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return Optional.of(HexFormat.of().formatHex(digest));
      } catch (NoSuchFileException dropped) {
        return Optional.empty();
      } catch (IOException | NoSuchAlgorithmException e) {
        throw new AssertionError("cannot read " + file, e);
      }
    }
  }
}
