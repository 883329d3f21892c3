package io.tributary.settings;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Kafka is: the setting {@code spring.kafka.bootstrap-servers}, by the name that everybody
 * knows, though no service uses Spring's Kafka.
 *
 * @param bootstrapServers brokers of Kafka, one at least; the others are learnt from it
 */
@ConfigurationProperties("spring.kafka")
public record KafkaServers(List<String> bootstrapServers) {
  private static final Pattern SERVER = Pattern.compile("[^:\\s]+:[0-9]{1,5}");

  public KafkaServers {
    bootstrapServers = List.copyOf(bootstrapServers);
    if (bootstrapServers.isEmpty()
        || !bootstrapServers.stream().allMatch(server -> SERVER.matcher(server).matches())) {
      throw new IllegalArgumentException(
          "bootstrap-servers is "
              + String.join(",", bootstrapServers)
              + " (expected: host:port[,host:port])");
    }
  }

  /** As Kafka's clients take them. */
  public String list() {
    return String.join(",", bootstrapServers);
  }
}
