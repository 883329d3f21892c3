package io.tributary.backends;

import com.github.dockerjava.api.DockerClient;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A backend's container. Its port on this machine is fixed, so that it is the same one after the
 * container was killed and started again.
 */
final class BackendContainer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final GenericContainer<?> container;
  private final int port;
  private final Greeting greeting;

  /**
   * Makes nothing yet.
   *
   * @param port on this machine
   * @param inner port in the container
   */
  BackendContainer(
      String image, int port, int inner, Map<String, String> environment, Greeting greeting) {
    this.port = port;
    this.greeting = greeting;
    this.container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withEnv(environment)
            .withExposedPorts(inner)
            .withStartupCheckStrategy(new IsRunningStartupCheckStrategy())
            .waitingFor(new NotAtAll());
    // Nobody else's to reach, as a process would not be.
    String reach = host().equals(LOOPBACK) ? LOOPBACK + ":" : "";
    container.setPortBindings(List.of(reach + port + ":" + inner));
  }

  /** Where the engine publishes ports. */
  static String host() {
    String host = DockerClientFactory.instance().dockerHostIpAddress();
    return host.equals("localhost") ? LOOPBACK : host;
  }

  /** Makes it, or starts it again as it is, and waits until it takes clients. */
  void start() {
    if (container.getContainerId() == null) {
      make();
    } else if (!container.isRunning()) {
      engine().startContainerCmd(container.getContainerId()).exec();
    }
    greeting.await(host(), port, container::isRunning, container::getLogs);
  }

  private void make() {
    try {
      container.start();
    } catch (ContainerLaunchException | ContainerFetchException e) {
      throw new IllegalStateException(
          "there is no container of "
              + container.getDockerImageName()
              + " (expected: an image that the engine has or can get; another is named by a setting,"
              + " and -Dtributary.backends=processes does without)",
          e);
    }
  }

  void kill() {
    if (container.isRunning()) {
      engine().killContainerCmd(container.getContainerId()).exec();
    }
  }

  void freeze() {
    engine().pauseContainerCmd(container.getContainerId()).exec();
  }

  void thaw() {
    engine().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.close();
  }

  private DockerClient engine() {
    return container.getDockerClient();
  }

  /** {@link Greeting} waits, also where Testcontainers would not: at a second start. */
  private static final class NotAtAll extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      // Left to the greeting.
    }
  }
}
