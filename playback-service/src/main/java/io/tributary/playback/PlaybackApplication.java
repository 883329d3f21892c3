package io.tributary.playback;

import io.tributary.cassandra.MigrationProcess;
import java.security.Security;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts playback-service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(PlaybackWiring.class)
public class PlaybackApplication {
  public static void main(String[] arguments) throws Exception {
    // Steering's name is asked for every few seconds; the JVM would answer from half a minute ago.
    Security.setProperty("networkaddress.cache.ttl", "1");
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    // Steering's replicas are asked at their addresses, under their common name.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    if (MigrationProcess.isAsked(arguments)) {
      MigrationProcess.run(PlaybackWiring.SCHEMA, arguments);
    } else {
      SpringApplication.run(PlaybackApplication.class, arguments);
    }
  }
}
