package io.tributary.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CassandraConfigTest {
  @Test
  void readsContactPointsAndCopies() {
    var config =
        new CassandraConfig(
            List.of("db:9042", "10.0.0.1:19042"), "dc1", "dc1:3,dc2:2", CassandraSecurity.NONE);

    assertThat(config.endPoints(host -> new InetAddress[] {InetAddress.ofLiteral("10.0.0.1")}))
        .extracting(Object::toString)
        .containsExactly("db:9042#0", "10.0.0.1:19042#0");
    assertThat(config.copies()).isEqualTo(Map.of("dc1", 3, "dc2", 2));
  }

  @Test
  void namesTheFieldAndItsValueWhenItRefuses() {
    assertThatThrownBy(
            () -> new CassandraConfig(List.of("db"), "dc1", "dc1:1", CassandraSecurity.NONE))
        .hasMessage("contact-points is db (expected: host:port[,host:port])");
    assertThatThrownBy(
            () -> new CassandraConfig(List.of("db:1"), "dc1", "3", CassandraSecurity.NONE))
        .hasMessage("replication is 3 (expected: name:copies[,name:copies])");
  }
}
