package io.tributary.controlplane;

import io.tributary.cassandra.MigrationProcess;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The control plane as a process. */
@SpringBootApplication(proxyBeanMethods = false)
public class ControlPlaneApplication {
  /** Starts it. */
  public static void main(String[] arguments) throws Exception {
    if (MigrationProcess.isAsked(arguments)) {
      MigrationProcess.run(StateWiring.SCHEMA, arguments);
    } else {
      SpringApplication.run(ControlPlaneApplication.class, arguments);
    }
  }
}
