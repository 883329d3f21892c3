package io.tributary.fleet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who connects to whom in the composed fleet, as the kernel tells of each container's sockets:
 * {@code FROM TO PORT}, as in {@code k8s/edges.txt}. A connection that ended is seen for a minute
 * after it, so that a look every few seconds finds the short ones too.
 */
final class ObservedEdges implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

  /** The same port of each pod; probes look there, which no policy of Kubernetes forbids. */
  private static final int MANAGEMENT_PORT = 9090;

  private static final String OUTSIDE = "outside";
  private static final String BALANCER = "balancer";

  /** Parts of the fleet; whoever else is composed with them is no pod of it. */
  private static final Set<String> FLEET =
      Set.of(
          "api-gateway",
          "playback-service",
          "steering-service",
          "oca-control-plane",
          "media-pipeline",
          "oca-node",
          "cassandra",
          "kafka",
          "object-store",
          "prometheus");

  /** What stands behind the balancer's doors. */
  private static final Map<Integer, Target> BEHIND =
      Map.of(
          8080, new Target("api-gateway", 8080),
          8081, new Target("api-gateway", 8081),
          8082, new Target("steering-service", 8082),
          8443, new Target("oca-control-plane", 8443),
          8091, new Target("oca-node", 8080),
          8092, new Target("oca-node", 8080),
          8093, new Target("oca-node", 8080));

  /** As long as the kernel tells of a connection that ended, and a look more. */
  private static final Duration REMEMBERED = Duration.ofSeconds(75);

  private final ComposedHost host;
  private final SortedSet<String> edges = new TreeSet<>();

  /** Also those that have gone: connections outlive both ends of them. */
  private final Map<InetAddress, Owner> owners = new HashMap<>();

  /** Met at the last look at addresses that were nobody's when it began. */
  private final List<Meeting> withStrangers = new ArrayList<>();

  private final Map<String, Set<Integer>> listened = new HashMap<>();
  private @Nullable Throwable blind;
  private final Thread looking = Thread.ofPlatform().daemon().name("edges").unstarted(this::look);

  private ObservedEdges(ComposedHost host) {
    this.host = host;
  }

  /** Looks from now on. */
  static ObservedEdges of(ComposedHost host) {
    ObservedEdges observed = new ObservedEdges(host);
    observed.looking.start();
    return observed;
  }

  /** Those seen until now, in order. */
  synchronized List<String> seen() {
    if (blind != null) {
      throw new AssertionError("nobody looks any more", blind);
    }
    return List.copyOf(edges);
  }

  @Override
  public void close() {
    looking.interrupt();
  }

  private void look() {
    try {
      while (true) {
        note(containers());
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      }
    } catch (InterruptedException e) {
      // Closed.
    } catch (RuntimeException | AssertionError e) {
      synchronized (this) {
        blind = e;
      }
    }
  }

  private void note(List<Composed> containers) {
    for (Composed container : containers) {
      container.addresses.forEach(
          address -> owners.merge(address, new Owner(container.id, container.part), Owner::next));
    }
    // A container that was connected to a network after that look's beginning is known by now.
    withStrangers.forEach(one -> {
      Owner peer = owners.get(one.socket.remote);
      add(one, peer == null ? OUTSIDE : peer.part);
    });
    withStrangers.clear();
    for (Composed container : containers) {
      List<Socket> sockets = container.sockets();
      Set<Integer> doors = listened.computeIfAbsent(container.part, _ -> new HashSet<>());
      sockets.stream().filter(Socket::listens).map(Socket::localPort).forEach(doors::add);
      for (Socket socket : sockets) {
        Owner peer = owners.get(socket.remote);
        Meeting meeting = new Meeting(container.part, socket);
        if (!socket.isOrWasConnected()) {
          continue;
        }
        if (peer == null) {
          withStrangers.add(meeting);
        } else if (peer.isClearly(container.id)) {
          add(meeting, peer.part);
        }
      }
    }
  }

  private void add(Meeting meeting, String other) {
    if (listened.getOrDefault(meeting.part, Set.of()).contains(meeting.socket.localPort)) {
      add(other, meeting.part, meeting.socket.localPort);
    } else {
      add(meeting.part, other, meeting.socket.remotePort);
    }
  }

  private synchronized void add(String from, String to, int port) {
    if (port == MANAGEMENT_PORT && (from.equals(OUTSIDE) || from.equals(BALANCER))) {
      return;
    }
    if (from.equals(BALANCER)) {
      // It stands for whoever came to it, and must know nobody else.
      if (!BEHIND.containsValue(new Target(to, port))) {
        edges.add(from + " " + to + " " + port);
      }
      return;
    }
    if (to.equals(BALANCER) && port == MANAGEMENT_PORT) {
      return;
    }
    Target target = to.equals(BALANCER) ? BEHIND.get(port) : new Target(to, port);
    edges.add(
        part(from)
            + " "
            + (target == null ? to + " " + port : part(target.part) + " " + target.port));
  }

  private static String part(String name) {
    return FLEET.contains(name) ? name : OUTSIDE;
  }

  private List<Composed> containers() {
    List<String> ids =
        host.engine()
            .docker(
                "ps",
                "--quiet",
                "--filter",
                "label=com.docker.compose.project=" + ComposedHost.PROJECT)
            .lines()
            .toList();
    List<String> words =
        new ArrayList<>(
            List.of(
                "inspect",
                "--format",
                "{{.Id}} {{.State.Pid}} {{index .Config.Labels \"com.docker.compose.service\"}}"
                    + "{{range .NetworkSettings.Networks}} {{.IPAddress}}{{end}}"));
    words.addAll(ids);
    return ids.isEmpty()
        ? List.of()
        // One may have ended since.
        : host.engine()
            .tryDocker(words.toArray(String[]::new))
            .out()
            .lines()
            .map(Composed::read)
            .toList();
  }

  private record Target(String part, int port) {}

  /** A connection of a part of the fleet. */
  private record Meeting(String part, Socket socket) {}

  /**
   * Whose an address is.
   *
   * @param since when it was first seen to be so, of {@link System#nanoTime}
   * @param wasAnothers whether somebody else had it before
   */
  private record Owner(String id, String part, long since, boolean wasAnothers) {
    Owner(String id, String part) {
      this(id, part, System.nanoTime(), false);
    }

    Owner next(Owner seen) {
      return id.equals(seen.id)
          ? this
          : new Owner(seen.id, seen.part, seen.since, !part.equals(seen.part));
    }

    /** Whether a connection with the address is not the container's own, nor an earlier owner's. */
    boolean isClearly(String notOf) {
      return !id.equals(notOf)
          && (!wasAnothers || System.nanoTime() - since > REMEMBERED.toNanos());
    }
  }

  private record Composed(String id, String pid, String part, List<InetAddress> addresses) {
    static Composed read(String line) {
      List<String> words = List.of(line.strip().split(" +", -1));
      return new Composed(
          words.getFirst(),
          words.get(1),
          words.get(2).replaceFirst("-[0-9]+$", ""),
          words.stream().skip(3).map(ObservedEdges::address).toList());
    }

    List<Socket> sockets() {
      return Stream.of("tcp", "tcp6")
          .flatMap(table -> lines(Path.of("/proc", pid, "net", table)).stream().skip(1))
          .map(Socket::read)
          .toList();
    }

    private static List<String> lines(Path table) {
      try {
        return Files.readAllLines(table);
      } catch (NoSuchFileException e) {
        return List.of(); // It ended since.
      } catch (IOException e) {
        if (String.valueOf(e.getMessage()).contains("Invalid argument")) {
          return List.of(); // So does the kernel say it.
        }
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A line of the kernel's table, see proc(5). */
  private record Socket(int localPort, InetAddress remote, int remotePort, int state) {
    private static final int SYN_SENT = 2;
    private static final int SYN_RECV = 3;
    private static final int CLOSE = 7;
    private static final int LISTEN = 10;
    private static final int NEW_SYN_RECV = 12;
    private static final int WORD_BYTES = 4;

    static Socket read(String line) {
      String[] fields = line.strip().split(" +", -1);
      String[] local = fields[1].split(":", -1);
      String[] remote = fields[2].split(":", -1);
      return new Socket(
          Integer.parseInt(local[1], 16),
          address(remote[0]),
          Integer.parseInt(remote[1], 16),
          Integer.parseInt(fields[3], 16));
    }

    boolean listens() {
      return state == LISTEN;
    }

    boolean isOrWasConnected() {
      return !Set.of(SYN_SENT, SYN_RECV, CLOSE, LISTEN, NEW_SYN_RECV).contains(state)
          && !remote.isLoopbackAddress();
    }

    /** Words of four bytes, each in the machine's order, which is the little end first. */
    private static InetAddress address(String hex) {
      byte[] kernels = HexFormat.of().parseHex(hex);
      byte[] bytes = new byte[kernels.length];
      for (int i = 0; i < bytes.length; i++) {
        int word = i / WORD_BYTES * WORD_BYTES;
        bytes[i] = kernels[word + WORD_BYTES - 1 - i % WORD_BYTES];
      }
      try {
        return InetAddress.getByAddress(bytes);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("no address: " + hex, e);
      }
    }
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
