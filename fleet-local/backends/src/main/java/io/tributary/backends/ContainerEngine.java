package io.tributary.backends;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Asks whether a container engine is there: {@code DOCKER_HOST}, or where engines usually listen.
 * Testcontainers would find out as well, but takes its time, and perhaps pulls an image for it.
 */
sealed interface ContainerEngine {
  /** One answers at this place. */
  record Answers(String place) implements ContainerEngine {}

  /** None does at any of these places. */
  record Silent(String places) implements ContainerEngine {}

  /** Asks; takes no longer than so long at each place. */
  static ContainerEngine ask(Duration patience) {
    List<URI> places = places(System.getenv());
    return places.stream()
        .filter(place -> answers(place, patience))
        .findFirst()
        .<ContainerEngine>map(place -> new Answers(place.toString()))
        .orElseGet(
            () -> new Silent(String.join(", ", places.stream().map(URI::toString).toList())));
  }

  private static List<URI> places(Map<String, String> environment) {
    String said = environment.getOrDefault("DOCKER_HOST", "");
    if (!said.isBlank()) {
      return List.of(URI.create(said));
    }
    String home = System.getProperty("user.home");
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", home + "/.docker/run");
    return Stream.of(
            "/var/run/docker.sock", runtime + "/docker.sock", home + "/.docker/run/docker.sock")
        .distinct()
        .map(path -> URI.create("unix://" + path))
        .toList();
  }

  private static boolean answers(URI place, Duration patience) {
    if ("unix".equals(place.getScheme()) && !Files.exists(Path.of(place.getPath()))) {
      return false;
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread asking = Thread.ofPlatform().daemon().start(() -> answer.complete(isAnswered(place)));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      asking.interrupt();
    }
  }

  private static boolean isAnswered(URI place) {
    boolean isUnix = "unix".equals(place.getScheme());
    SocketAddress address =
        isUnix
            ? UnixDomainSocketAddress.of(place.getPath())
            : new InetSocketAddress(place.getHost(), place.getPort());
    try (SocketChannel channel =
        isUnix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
      channel.connect(address);
      channel.write(
          ByteBuffer.wrap("GET /_ping HTTP/1.1\r\nHost: engine\r\n\r\n".getBytes(US_ASCII)));
      // Over TLS this is no request, and any answer tells as much.
      return channel.read(ByteBuffer.allocate(512)) > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
