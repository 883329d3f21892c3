package io.tributary.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the gateway on free ports. One at a time: what one closes, Reactor Netty closes for all in
 * the process.
 */
final class GatewayRun {
  static final String ISSUER = "http://tributary.local/test";

  private GatewayRun() {}

  /** Starts it with the issuer's keys of {@code jwks.json} in a folder. */
  static ConfigurableApplicationContext start(String profile, Path folder, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "--server.port=0",
            "--management.server.port=0",
            "--gateway.admin.port=0",
            "--tributary.identity.issuers[0].issuer=" + ISSUER,
            "--tributary.identity.issuers[0].jwks=" + folder.resolve("jwks.json").toUri()));
    return new SpringApplicationBuilder(GatewayApplication.class)
        .profiles(profile)
        .run(arguments.toArray(String[]::new));
  }
}
