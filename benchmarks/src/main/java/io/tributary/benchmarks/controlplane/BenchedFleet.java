package io.tributary.benchmarks.controlplane;

import io.tributary.backends.Cassandra;
import io.tributary.backends.CassandraSettings;
import io.tributary.backends.Kafka;
import io.tributary.backends.ServiceProcess;
import io.tributary.contracts.admin.CreateEnrolmentToken;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.ctl.AdminClient;
import io.tributary.ctl.AdminException;
import io.tributary.ctl.keys.FleetKeys;
import io.tributary.ctl.keys.LocalIssuer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * A control plane of some replicas over a real Cassandra and a real Kafka, and the nodes that it
 * let in: each was invited through the admin door, made its key, and was given its certificate at
 * the node door.
 */
final class BenchedFleet implements AutoCloseable {
  /** Of nodes at one site. */
  private static final int NODES_A_SITE = 20;

  /** How many join at once. */
  private static final int JOINING = 8;

  private static final Duration STORE = Duration.ofMinutes(1);
  private static final String NAME = "bench";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final Cassandra cassandra = Cassandra.prepared();
  private final Kafka kafka = Kafka.prepared();
  private final FleetKeys keys;
  private final List<Replica> replicas = new ArrayList<>();

  private BenchedFleet(Path folder) {
    this.folder = folder;
    this.keys =
        new FleetKeys(
            folder.resolve("keys"),
            Path.of(System.getProperty("java.home"), "bin", "keytool"),
            List.of());
  }

  /**
   * Starts one.
   *
   * @param processors that the replicas share
   */
  static BenchedFleet start(Path checkout, int replicas, int nodes, String processors, Path log)
      throws IOException, InterruptedException {
    BenchedFleet fleet = new BenchedFleet(Files.createTempDirectory("bench-control-plane"));
    try {
      fleet.keys.makeMissing();
      fleet.cassandra.start();
      fleet.kafka.start();
      for (int number = 1; number <= replicas; number++) {
        Replica replica = fleet.replica(checkout, number, nodes, processors, log);
        fleet.replicas.add(replica);
        replica.start();
        replica.awaitReady();
      }
      return fleet;
    } catch (IOException | InterruptedException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private Replica replica(Path checkout, int number, int nodes, String processors, Path log)
      throws IOException {
    Replica.Ports ports =
        new Replica.Ports(
            ServiceProcess.freePort(), ServiceProcess.freePort(), ServiceProcess.freePort());
    List<String> settings = new ArrayList<>();
    settings.add("--spring.profiles.active=local");
    settings.add("--server.port=" + ports.admin());
    settings.add("--management.server.port=" + ports.management());
    settings.add("--tributary.instance=control-plane-" + number);
    settings.add("--tributary.identity.issuers[0].issuer=" + LocalIssuer.name(NAME));
    settings.add(
        "--tributary.identity.issuers[0].jwks=file://" + keys.issuerPublicKeys().toAbsolutePath());
    settings.add("--tributary.cassandra.contact-points=" + cassandra.contactPoint());
    settings.add("--tributary.cassandra.local-datacenter=" + CassandraSettings.DATA_CENTRE);
    settings.add("--tributary.cassandra.replication=" + CassandraSettings.REPLICATION);
    settings.add("--tributary.object-store.credentials-file=" + keys.objectStoreCredentials());
    settings.add("--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    settings.add("--control-plane.node-door.port=" + ports.door());
    settings.add("--control-plane.node-door.max-connections=" + (nodes + 500));
    settings.add("--control-plane.authority.key-store-file=" + keys.authorityStore());
    settings.add("--control-plane.authority.password-file=" + keys.authorityPassword());
    settings.add("--control-plane.media-token-keys-file=" + keys.mediaPublicKeys());
    settings.add("--control-plane.heartbeat-interval=10s");
    return new Replica(checkout, processors, nodes > 2_000 ? "1g" : "512m", ports, settings, log);
  }

  List<Replica> replicas() {
    return replicas;
  }

  String kafkaServers() {
    return kafka.bootstrapServers();
  }

  /** Lets so many nodes in through the first replica. */
  List<JoinedNode> join(int nodes) throws IOException, InterruptedException {
    Replica.Ports ports = replicas.getFirst().ports();
    String token =
        new LocalIssuer(keys.issuerKey(), NAME, InstantSource.system())
            .token("bench", "operator", Duration.ofHours(2));
    AdminClient admin = new AdminClient(URI.create("http://127.0.0.1:" + ports.admin()), token);
    putNetwork(admin);
    for (int site = 0; site <= (nodes - 1) / NODES_A_SITE; site++) {
      admin.putSite(site(site), new PutSite("isp", "A place", null, null));
    }
    X509Certificate authority = authority();
    SecureRandom random = new SecureRandom();
    try (HttpClient door =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(authority))
                .build();
        ExecutorService joining = Executors.newFixedThreadPool(JOINING)) {
      List<Future<JoinedNode>> joins = new ArrayList<>();
      for (int number = 0; number < nodes; number++) {
        int node = number;
        joins.add(
            joining.submit(() ->
                joined(
                    admin,
                    door,
                    ports,
                    nodeId(node),
                    site(node / NODES_A_SITE),
                    authority,
                    random)));
      }
      List<JoinedNode> joined = new ArrayList<>();
      for (Future<JoinedNode> join : joins) {
        joined.add(join.get());
      }
      return joined;
    } catch (ExecutionException | GeneralSecurityException e) {
      throw new IOException("a node could not join", e);
    }
  }

  /** Again and again at first: a replica is ready before it has met its store. */
  private static void putNetwork(AdminClient admin) throws InterruptedException {
    long end = System.nanoTime() + STORE.toNanos();
    while (true) {
      try {
        admin.putNetwork("isp", new PutNetwork("An ISP", 64_512, List.of(), List.of()));
        return;
      } catch (AdminException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(Duration.ofMillis(500));
      }
    }
  }

  static String nodeId(int number) {
    return String.format(Locale.ROOT, "node-%05d", number);
  }

  private static String site(int number) {
    return "site-" + number;
  }

  private static JoinedNode joined(
      AdminClient admin,
      HttpClient door,
      Replica.Ports ports,
      String nodeId,
      String siteId,
      X509Certificate authority,
      SecureRandom random)
      throws IOException,
          InterruptedException,
          GeneralSecurityException,
          OperatorCreationException {
    String token = admin.createEnrolmentToken(new CreateEnrolmentToken(nodeId, siteId)).token();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    byte[] request =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + nodeId), pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder().encodeToString(request)
            + "\n-----END CERTIFICATE REQUEST-----\n";
    HttpResponse<String> answer =
        door.send(
            HttpRequest.newBuilder(
                    URI.create("https://127.0.0.1:" + ports.door() + "/oca/v1/enrolments"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(new EnrolmentRequest(token, pem))))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(nodeId + " was answered " + answer.statusCode() + answer.body());
    }
    NodeCertificate certificate = JSON.readValue(answer.body(), NodeCertificate.class);
    return JoinedNode.of(
        nodeId, pair.getPrivate(), certificate.certificateChain(), authority, random);
  }

  private X509Certificate authority() throws IOException {
    try {
      byte[] pem =
          Files.readString(keys.authorityCertificate()).getBytes(StandardCharsets.US_ASCII);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static SSLContext trusting(X509Certificate authority)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }

  @Override
  public void close() throws IOException {
    for (Replica replica : replicas) {
      replica.close();
    }
    kafka.close();
    cassandra.close();
    try (var tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
