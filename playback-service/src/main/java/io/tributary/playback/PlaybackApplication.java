package io.tributary.playback;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts playback-service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(PlaybackWiring.class)
public class PlaybackApplication {
  public static void main(String[] arguments) throws InterruptedException {
    if (MigrationWiring.isAsked(arguments)) {
      MigrationWiring.run(arguments);
    } else {
      SpringApplication.run(PlaybackApplication.class, arguments);
    }
  }
}
