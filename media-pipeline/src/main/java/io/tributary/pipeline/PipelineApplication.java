package io.tributary.pipeline;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The media pipeline as a process. */
@SpringBootApplication(proxyBeanMethods = false)
public class PipelineApplication {
  /** Starts it. */
  public static void main(String[] args) throws Exception {
    if (MigrationWiring.isAsked(args)) {
      MigrationWiring.run(args);
    } else {
      SpringApplication.run(PipelineApplication.class, args);
    }
  }
}
