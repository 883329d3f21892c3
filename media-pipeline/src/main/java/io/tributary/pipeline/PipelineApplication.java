package io.tributary.pipeline;

import io.tributary.cassandra.MigrationProcess;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The media pipeline as a process. */
@SpringBootApplication(proxyBeanMethods = false)
public class PipelineApplication {
  /** Starts it. */
  public static void main(String[] args) throws Exception {
    if (MigrationProcess.isAsked(args)) {
      MigrationProcess.run(PipelineWiring.SCHEMA, args);
    } else {
      SpringApplication.run(PipelineApplication.class, args);
    }
  }
}
