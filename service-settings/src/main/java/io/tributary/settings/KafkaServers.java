package io.tributary.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Kafka is and how one gets in: the setting {@code spring.kafka.bootstrap-servers}, by the
 * name that everybody knows, though no service uses Spring's Kafka, and one beside it.
 *
 * @param bootstrapServers brokers of Kafka, one at least; the others are learnt from it
 * @param clientPropertiesFile the properties file with what Kafka's clients need to be let in, as
 *     its tools take it by {@code --command-config}: {@code security.protocol}, {@code sasl.…},
 *     {@code ssl.…}; a secret may stay in a file of its own, by Kafka's {@code config.providers}.
 *     Without it there is neither password nor encryption
 */
@ConfigurationProperties("spring.kafka")
public record KafkaServers(List<String> bootstrapServers, @Nullable Path clientPropertiesFile) {
  private static final Pattern SERVER = Pattern.compile("[^:\\s]+:[0-9]{1,5}");

  public KafkaServers {
    bootstrapServers = List.copyOf(bootstrapServers);
    SettingCheck.check(
        !bootstrapServers.isEmpty()
            && bootstrapServers.stream().allMatch(server -> SERVER.matcher(server).matches()),
        "bootstrap-servers",
        String.join(",", bootstrapServers),
        "host:port[,host:port]");
  }

  /**
   * What a client of these brokers is made with.
   *
   * @throws IOException if the file cannot be read or has another property; names the setting
   */
  public KafkaAccess access() throws IOException {
    KafkaAccess open = KafkaAccess.open(String.join(",", bootstrapServers));
    return clientPropertiesFile == null ? open : open.by(clientPropertiesFile);
  }
}
