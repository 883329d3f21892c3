package io.tributary.fleet.objectstore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of the object store; stops at SIGTERM. */
public final class ObjectStoreServer {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectStoreServer.class);

  private ObjectStoreServer() {}

  /**
   * Runs until it is stopped.
   *
   * @param arguments {@code --address=127.0.0.1 --port=… --folder=… --credentials-file=…}
   * @throws Exception if a setting is bad or the port is taken
   */
  public static void main(String[] arguments) throws Exception {
    ObjectStoreSettings settings = ObjectStoreSettings.parse(arguments);
    ObjectStore store = ObjectStore.start(settings);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(store)));
    LOG.info("event=started {}", settings);
  }

  private static void stop(ObjectStore store) {
    try {
      store.stop();
    } catch (Exception e) {
      LOG.warn("event=stop-failed", e);
    }
  }
}
