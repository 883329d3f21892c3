package io.tributary.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A Cassandra and a Kafka that speak TLS alone and want a password, with the files that their
 * clients need. Their certificate names 127.0.0.1 and no host name. Always processes: the official
 * images take no such settings by their environment.
 */
public final class SecuredBackends implements AutoCloseable {
  private static final String STORE_PASSWORD = "changeit";
  private static final String SECRET = "s3cr3t";
  private static final int MAX_HEAP_MEBIBYTES = 384;

  private final ForkedJvm cassandra = new ForkedJvm("cassandra");
  private final ForkedJvm kafka = new ForkedJvm("kafka");
  private final List<Integer> ports = ForkedJvm.freePorts(6);
  private final Path keyStore = kafka.directory().resolve("server.p12");

  /** Starts them and returns at once: clients try until they are let in. */
  public SecuredBackends() throws IOException {
    Backends.used("a Cassandra and a Kafka with TLS and passwords are processes");
    keytool("-genkeypair", "-dname", "CN=backend", "-keyalg", "EC", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", authorities().toString());
    startCassandra();
    startKafka();
  }

  /** Where CQL is spoken, as {@code host:port}. */
  public String contactPoint() {
    return "127.0.0.1:" + ports.get(0);
  }

  /** Where Kafka's clients come, as {@code host:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.get(3);
  }

  /** PEM. */
  public Path authorities() {
    return kafka.directory().resolve("ca.crt");
  }

  /** Files {@code username} and {@code password}, which Cassandra knows. */
  public Path cassandraCredentials() throws IOException {
    Path folder = Files.createDirectories(cassandra.directory().resolve("credentials"));
    Files.writeString(folder.resolve("username"), "cassandra\n");
    Files.writeString(folder.resolve("password"), "cassandra\n");
    return folder;
  }

  /** As Kafka's tools take it; the password is in a file of its own. */
  public Path kafkaClientProperties() throws IOException {
    Path secrets = Files.createDirectories(kafka.directory().resolve("credentials"));
    Files.writeString(
        secrets.resolve("sasl.jaas.config"),
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"tributary\""
            + " password=\""
            + SECRET
            + "\";");
    return Files.writeString(
        kafka.directory().resolve("client.properties"),
        """
        security.protocol=SASL_SSL
        sasl.mechanism=PLAIN
        sasl.jaas.config=${secret:%s:sasl.jaas.config}
        ssl.truststore.type=PEM
        ssl.truststore.location=%s
        config.providers=secret
        config.providers.secret.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider
        """
            .formatted(secrets, authorities()));
  }

  private void startCassandra() throws IOException {
    Path folder = cassandra.directory();
    CassandraSettings settings =
        new CassandraSettings(
            folder, folder, ports.get(0), ports.get(1), ports.get(2), MAX_HEAP_MEBIBYTES);
    settings.writeFiles();
    Path yaml = folder.resolve("cassandra.yaml");
    Files.writeString(
        yaml,
        Files.readString(yaml)
                .replace(
                    "authenticator: AllowAllAuthenticator", "authenticator: PasswordAuthenticator")
            + """
            client_encryption_options:
              enabled: true
              optional: false
              keystore: %s
              keystore_password: %s
              store_type: PKCS12
            """
                .formatted(keyStore, STORE_PASSWORD));
    cassandra.start(CassandraProcess.command(settings));
  }

  private void startKafka() throws IOException {
    Path folder = kafka.directory();
    KafkaSettings settings =
        new KafkaSettings(
            folder, folder.resolve("data"), ports.get(3), ports.get(3), ports.get(4), ports.get(5));
    settings.writeFiles();
    // The last line of a name holds.
    Files.writeString(
        Path.of(settings.arguments().getFirst()),
        """
        listener.security.protocol.map=CLIENTS:SASL_SSL,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT
        listener.name.clients.ssl.keystore.type=PKCS12
        listener.name.clients.ssl.keystore.location=%1$s
        listener.name.clients.ssl.keystore.password=%2$s
        listener.name.clients.ssl.key.password=%2$s
        listener.name.clients.sasl.enabled.mechanisms=PLAIN
        listener.name.clients.plain.sasl.jaas.config=\
        org.apache.kafka.common.security.plain.PlainLoginModule required user_tributary="%3$s";
        """
            .formatted(keyStore, STORE_PASSWORD, SECRET),
        StandardOpenOption.APPEND);
    KafkaProcess.start(settings, kafka);
  }

  private void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", keyStore.toString(), "-storepass", STORE_PASSWORD));
    kafka.run(command);
  }

  @Override
  public void close() {
    cassandra.close();
    kafka.close();
  }
}
