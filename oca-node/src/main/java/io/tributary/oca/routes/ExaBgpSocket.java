package io.tributary.oca.routes;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears ExaBGP's process API at a socket of this node's own, which a process that ExaBGP runs ties
 * to its standard input and output. The socket works both ways, unlike a named pipe: whenever the
 * process comes, this node asks for all routes again by a route refresh (RFC 2918). Not every
 * router answers that with all it has: FRR 8.4 was seen not to. One process at a time; a new one
 * takes the place of the last.
 *
 * <p>News is told once it is complete: when nothing came for {@code quiet}, or without a pause for
 * ten times as long. Safe for use by its own threads and one that looks.
 */
final class ExaBgpSocket implements RouteSpeaker {
  private static final Logger log = LoggerFactory.getLogger(ExaBgpSocket.class);

  /** An UPDATE of 64 KiB (RFC 8654) with the shortest prefixes is well below it as JSON. */
  private static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

  private static final int PATIENCE = 10;

  /** After a refresh routers begin to answer within it. */
  private static final Duration REFRESHED_WITHIN = Duration.ofSeconds(3);

  /** How often a neighbour that told too much, or what is not understood, is asked again. */
  private static final Duration LOST_FOR = Duration.ofMinutes(1);

  /** ExaBGP runs as another user; whoever else is on the machine tells no routes. */
  private static final Set<PosixFilePermission> OWNER_AND_GROUP =
      PosixFilePermissions.fromString("rw-rw----");

  private static final String ASK_FOR_ALL =
      "announce route-refresh ipv4 unicast\nannounce route-refresh ipv6 unicast\n";

  private final Path path;
  private final Duration quiet;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final ExaBgpTable table;
  private @Nullable ServerSocketChannel server;
  private @Nullable SocketChannel process;
  private Reading settled = new Reading.Away("ExaBGP's process has not come yet");
  private boolean isUnsettled;
  private long changedAt;
  private long firstChangeAt;
  private long begunAt;

  ExaBgpSocket(Path path, int maxPrefixes, Duration quiet, JsonMapper json, LongSupplier nanoTime) {
    this.path = path;
    this.quiet = quiet;
    this.nanoTime = nanoTime;
    this.table = new ExaBgpTable(json, maxPrefixes);
  }

  @Override
  public Reading look() {
    lock.lock();
    try {
      if (server == null) {
        open();
      }
      if (process == null) {
        return new Reading.Away("ExaBGP's process is not there");
      }
      long now = nanoTime.getAsLong();
      boolean isQuiet = now - changedAt >= quiet.toNanos();
      boolean isLate = now - firstChangeAt >= quiet.multipliedBy(PATIENCE).toNanos();
      boolean isAnswered = now - begunAt >= REFRESHED_WITHIN.toNanos();
      if (isUnsettled && isAnswered && (isQuiet || isLate)) {
        settled = table.reading();
        isUnsettled = false;
      }
      if (table.isLost() && now - begunAt >= LOST_FOR.toNanos()) {
        begin(process);
      }
      return settled;
    } catch (IOException e) {
      return new Reading.Away(
          "the socket for ExaBGP cannot be used: " + e.getClass().getSimpleName());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (server != null) {
        server.close();
        Files.deleteIfExists(path);
      }
      if (process != null) {
        process.close();
      }
    } catch (IOException e) {
      log.debug("routes=unclosed reason=\"{}\"", e.toString());
    } finally {
      lock.unlock();
    }
  }

  private void open() throws IOException {
    Files.deleteIfExists(path); // of a node that was killed
    ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    opened.bind(UnixDomainSocketAddress.of(path), 1);
    Files.setPosixFilePermissions(path, OWNER_AND_GROUP);
    server = opened;
    Thread.ofVirtual().name("exabgp-accept").start(() -> accept(opened));
  }

  private void accept(ServerSocketChannel opened) {
    try {
      while (true) {
        SocketChannel come = opened.accept();
        Thread.ofVirtual().name("exabgp-lines").start(() -> hear(come));
      }
    } catch (IOException e) {
      log.debug("routes=socket-closed reason=\"{}\"", e.toString());
    }
  }

  private void hear(SocketChannel come) {
    try (come) {
      become(come);
      BoundedLines lines = new BoundedLines(Channels.newInputStream(come), MAX_LINE_BYTES);
      for (@Nullable String line = lines.next(); line != null; line = lines.next()) {
        if (!take(come, line)) {
          return;
        }
      }
    } catch (IOException e) {
      log.warn("routes=exabgp-lost reason=\"{}\"", e.toString());
    } finally {
      gone(come);
    }
  }

  private void become(SocketChannel come) throws IOException {
    lock.lock();
    try {
      if (process != null) {
        process.close();
      }
      process = come;
      begin(come);
    } finally {
      lock.unlock();
    }
  }

  /** What was settled goes on until the answer to the refresh has. */
  private void begin(SocketChannel with) throws IOException {
    table.begin();
    begunAt = nanoTime.getAsLong();
    changedAt = begunAt;
    firstChangeAt = begunAt;
    isUnsettled = true;
    ByteBuffer words = ByteBuffer.wrap(ASK_FOR_ALL.getBytes(StandardCharsets.US_ASCII));
    while (words.hasRemaining()) {
      with.write(words);
    }
  }

  /** Whether {@code from} is still whom to hear. */
  private boolean take(SocketChannel from, String line) {
    lock.lock();
    try {
      if (!from.equals(process)) {
        return false;
      }
      if (table.take(line)) {
        changedAt = nanoTime.getAsLong();
        firstChangeAt = isUnsettled ? firstChangeAt : changedAt;
        isUnsettled = true;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void gone(SocketChannel was) {
    lock.lock();
    try {
      if (was.equals(process)) {
        process = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
