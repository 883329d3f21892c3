package io.tributary.oca;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts a node, or checks where it is to run. */
@SpringBootApplication
public class OcaNodeApplication {
  private static final String MANAGEMENT = "--management.server.";

  /** Starts it; with the word {@code check} before all else, checks. */
  public static void main(String[] arguments) throws InterruptedException {
    // The control plane is called at each of its addresses, under its name.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    if (arguments.length > 0 && arguments[0].equals(OcaNodeCheck.WORD)) {
      List<String> rest = List.of(arguments).subList(1, arguments.length);
      System.exit(OcaNodeCheck.run(rest, System.getenv(), System.out, System.err));
    }
    SpringApplication node = new SpringApplication(OcaNodeApplication.class);
    node.addInitializers(new ManagementVariables());
    node.run(managementOnly(arguments));
  }

  /**
   * Media goes through a door of its own, so the one web server that Spring runs here is the
   * management listener: its address and port are taken for that server's.
   */
  static String[] managementOnly(String... arguments) {
    List<String> kept = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith(MANAGEMENT)) {
        String name = "--server." + argument.substring(MANAGEMENT.length());
        kept.removeIf(other -> nameOf(other).equals(nameOf(name)));
        kept.add(name);
      } else if (kept.stream().noneMatch(other -> nameOf(other).equals(nameOf(argument)))) {
        kept.add(argument);
      }
    }
    return kept.toArray(new String[0]);
  }

  private static String nameOf(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }
}
