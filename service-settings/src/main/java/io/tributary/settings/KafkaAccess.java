package io.tributary.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** What every client of Kafka is made with to find the brokers and to be let in; may be secret. */
public final class KafkaAccess {
  /** How a client works is the service's to choose. */
  private static final Pattern ALLOWED =
      Pattern.compile("security\\.(protocol|providers)|(sasl|ssl|config\\.providers)(\\..+)?");

  private final Map<String, Object> properties;

  private KafkaAccess(Map<String, Object> properties) {
    this.properties = Map.copyOf(properties);
  }

  /**
   * To brokers that ask for nothing.
   *
   * @param bootstrapServers {@code host:port[,host:port]}
   */
  public static KafkaAccess open(String bootstrapServers) {
    return new KafkaAccess(Map.of("bootstrap.servers", bootstrapServers));
  }

  KafkaAccess by(Path file) throws IOException {
    SettingFile named =
        new SettingFile(
            "spring.kafka.client-properties-file",
            file,
            "a properties file with security.protocol, sasl.…, ssl.… or config.providers…");
    Properties read = named.properties();
    Map<String, Object> all = new HashMap<>(properties);
    for (String name : read.stringPropertyNames()) {
      if (!ALLOWED.matcher(name).matches()) {
        throw named.unusable("it has a property that is none of these");
      }
      all.put(name, read.getProperty(name));
    }
    return new KafkaAccess(all);
  }

  /** A client's own properties and these. */
  public Map<String, Object> with(Map<String, ?> client) {
    Map<String, Object> all = new HashMap<>(client);
    all.putAll(properties);
    return all;
  }

  /** Never shows a password: this text may reach a log. */
  @Override
  public String toString() {
    return "KafkaAccess[" + properties.get("bootstrap.servers") + "]";
  }
}
