package io.tributary.steering;

import io.tributary.settings.KafkaServers;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts steering-service. */
@SpringBootApplication
@EnableConfigurationProperties({
  SteeringProperties.class,
  FleetProperties.class,
  KafkaServers.class
})
public class SteeringApplication {
  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    SpringApplication.run(SteeringApplication.class, arguments);
  }
}
