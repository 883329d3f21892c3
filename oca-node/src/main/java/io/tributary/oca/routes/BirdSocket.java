package io.tributary.oca.routes;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks BIRD by its control socket, after it gave up every right to change anything there. A
 * connection a look, so that a BIRD that was started again is found.
 */
final class BirdSocket implements RouteSpeaker {
  /** A line has an AS path of a thousand networks at most. */
  private static final int MAX_LINE_BYTES = 16 * 1024;

  /** Ten thousand routes take it well below a second. */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  private final Path socket;
  private final int maxPrefixes;

  BirdSocket(Path socket, int maxPrefixes) {
    this.socket = socket;
    this.maxPrefixes = maxPrefixes;
  }

  @Override
  public Reading look() {
    AtomicBoolean isDone = new AtomicBoolean();
    try (SocketChannel bird = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      bird.connect(UnixDomainSocketAddress.of(socket));
      Thread watch = Thread.ofVirtual().start(() -> closeLate(bird, isDone));
      try {
        return ask(bird);
      } finally {
        isDone.set(true);
        watch.interrupt();
      }
    } catch (IOException e) {
      return new Reading.Away("BIRD cannot be asked: " + e.getClass().getSimpleName());
    }
  }

  private Reading ask(SocketChannel bird) throws IOException {
    String words = "restrict\n" + BirdAnswer.QUESTION + "\n";
    ByteBuffer question = ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII));
    while (question.hasRemaining()) {
      bird.write(question);
    }
    return BirdAnswer.read(
        new BoundedLines(Channels.newInputStream(bird), MAX_LINE_BYTES), maxPrefixes);
  }

  /** A blocked read of a channel has no timeout of its own. */
  private static void closeLate(SocketChannel bird, AtomicBoolean isDone) {
    try {
      Thread.sleep(ANSWERS_WITHIN);
      if (!isDone.get()) {
        bird.close();
      }
    } catch (InterruptedException | IOException _) {
      return; // it answered, or it is closed anyway
    }
  }

  @Override
  public void close() {}
}
