package io.tributary.controlplane;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The control plane as a process. */
@SpringBootApplication(proxyBeanMethods = false)
public class ControlPlaneApplication {
  /** Starts it. */
  public static void main(String[] arguments) throws Exception {
    if (MigrationWiring.isAsked(arguments)) {
      MigrationWiring.run(arguments);
    } else {
      SpringApplication.run(ControlPlaneApplication.class, arguments);
    }
  }
}
