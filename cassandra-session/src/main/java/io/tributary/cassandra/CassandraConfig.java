package io.tributary.cassandra;

import static io.tributary.settings.SettingCheck.check;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where Cassandra is, as the settings {@code tributary.cassandra} of every service with a keyspace
 * say.
 *
 * @param contactPoints nodes of Cassandra, one at least; every address that a host has by then is
 *     tried
 * @param localDatacenter the data centre of Cassandra whose nodes are asked
 * @param replication how many copies each data centre of Cassandra keeps, when the service makes
 *     its keyspace; {@code dc1:3} or {@code dc1:3,dc2:3}. One copy is for trials
 * @param security passwords and encryption
 */
public record CassandraConfig(
    List<String> contactPoints,
    String localDatacenter,
    String replication,
    CassandraSecurity security) {
  private static final Pattern CONTACT_POINT = Pattern.compile("[^:\\s]+:[0-9]{1,5}");
  private static final Pattern REPLICATION =
      Pattern.compile("[A-Za-z0-9_-]+:[1-9](,[A-Za-z0-9_-]+:[1-9])*");

  public CassandraConfig {
    contactPoints = List.copyOf(contactPoints);
    check(
        !contactPoints.isEmpty()
            && contactPoints.stream().allMatch(point -> CONTACT_POINT.matcher(point).matches()),
        "contact-points",
        String.join(",", contactPoints),
        "host:port[,host:port]");
    check(!localDatacenter.isBlank(), "local-datacenter", localDatacenter, "a data centre's name");
    check(
        REPLICATION.matcher(replication).matches(),
        "replication",
        replication,
        "name:copies[,name:copies]");
  }

  /** One an address that the contact points' names have now. */
  List<EndPoint> endPoints(NamedEndPoint.Resolver resolver) {
    return contactPoints.stream()
        .map(point -> point.split(":", 2))
        .flatMap(
            parts -> NamedEndPoint.all(parts[0], Integer.parseInt(parts[1]), resolver).stream())
        .toList();
  }

  /** Copies by data center, in the order given. */
  Map<String, Integer> copies() {
    return List.of(replication.split(",")).stream()
        .map(part -> part.split(":", 2))
        .collect(
            Collectors.toMap(
                parts -> parts[0],
                parts -> Integer.valueOf(parts[1]),
                (first, second) -> second,
                LinkedHashMap::new));
  }
}
