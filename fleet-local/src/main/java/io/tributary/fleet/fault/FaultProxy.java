package io.tributary.fleet.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The process of the fault proxy; stops at SIGTERM. */
public final class FaultProxy {

  private FaultProxy() {}

  /**
   * Runs until it is stopped.
   *
   * @param arguments the control port and the file with its first targets
   * @throws IOException if a port is taken or the file cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "there are " + arguments.length + " arguments (expected: CONTROL_PORT TARGETS_FILE)");
    }
    byte[] file = Files.readAllBytes(Path.of(arguments[1]));
    List<ProxyTarget> targets =
        List.of(JsonMapper.builder().build().readValue(file, ProxyTarget[].class));
    FaultProxyServer proxy = new FaultProxyServer();
    try {
      proxy.serve(targets);
      FaultControl control = new FaultControl(proxy, Integer.parseInt(arguments[0]));
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(() -> {
                    control.close();
                    proxy.close();
                  }));
    } catch (IOException | RuntimeException e) {
      proxy.close();
      throw e;
    }
  }
}
