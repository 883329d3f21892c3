package io.tributary.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServersTest {
  @TempDir Path folder;

  @Test
  void whatLetsInIsAddedToEachClient_andShownNowhere() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("client.properties"),
            "security.protocol=SASL_SSL\nsasl.jaas.config=s3cr3t\nssl.truststore.type=PEM\n");

    KafkaAccess access = new KafkaServers(List.of("a:1", "b:2"), file).access();

    assertThat(access.with(Map.of("acks", "all")))
        .isEqualTo(
            Map.of(
                "acks", "all",
                "bootstrap.servers", "a:1,b:2",
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "s3cr3t",
                "ssl.truststore.type", "PEM"));
    assertThat(access).hasToString("KafkaAccess[a:1,b:2]");
  }

  @Test
  void withoutAFileThereIsNeitherPasswordNorEncryption() throws Exception {
    assertThat(new KafkaServers(List.of("a:1"), null).access().with(Map.of()))
        .isEqualTo(Map.of("bootstrap.servers", "a:1"));
  }

  @Test
  void howAClientWorksIsNotTheFilesToSay() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "acks=0\n");

    assertThatThrownBy(() -> new KafkaServers(List.of("a:1"), file).access())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "spring.kafka.client-properties-file is "
                + file
                + " and cannot be used: it has a property that is none of these (expected: a"
                + " properties file with security.protocol, sasl.…, ssl.… or config.providers…)");
  }

  @Test
  void aWrongAddressIsNamed() {
    assertThatThrownBy(() -> new KafkaServers(List.of("kafka"), null))
        .hasMessage("bootstrap-servers is kafka (expected: host:port[,host:port])");
  }
}
