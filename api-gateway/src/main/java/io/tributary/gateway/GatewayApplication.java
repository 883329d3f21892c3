package io.tributary.gateway;

import java.security.Security;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The public API's door, and the operators'. */
@SpringBootApplication
public class GatewayApplication {
  /** Starts it. */
  public static void main(String[] arguments) {
    // Replicas' names are asked for every few seconds; the JVM would answer from half a minute ago.
    Security.setProperty("networkaddress.cache.ttl", "1");
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    SpringApplication.run(GatewayApplication.class, arguments);
  }
}
