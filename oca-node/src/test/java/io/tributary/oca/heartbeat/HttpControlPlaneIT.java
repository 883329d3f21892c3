package io.tributary.oca.heartbeat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.HeldPackage;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.Revocations;
import io.tributary.oca.heartbeat.ControlPlane.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The node's calls over real mutual TLS. */
class HttpControlPlaneIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KeyPair authorityKey = key();
  private final String authorityPem;
  private final Path caFile;
  private final SSLContext tls;
  private final HttpsServer server;
  private final HttpControlPlane controlPlane;

  HttpControlPlaneIT(@TempDir Path directory) throws Exception {
    authorityPem =
        pem(
            certificate(
                "authority",
                SubjectPublicKeyInfo.getInstance(authorityKey.getPublic().getEncoded()),
                true));
    caFile = directory.resolve("ca.pem");
    Files.writeString(caFile, authorityPem);
    tls = serverTls();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanting = tls.getDefaultSSLParameters();
            wanting.setWantClientAuth(true);
            parameters.setSSLParameters(wanting);
          }
        });
    server.createContext("/oca/v1/enrolments", exchange -> enrol((HttpsExchange) exchange));
    server.createContext("/oca/v1/revocations", exchange -> whoAmI((HttpsExchange) exchange));
    server.start();
    int closedPort;
    try (ServerSocket closed = new ServerSocket(0)) {
      closedPort = closed.getLocalPort();
    }
    controlPlane =
        controlPlane(
            Duration.ofSeconds(10),
            "https://127.0.0.1:" + closedPort,
            "https://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private HttpControlPlane controlPlane(Duration requestTimeout, String... urls) {
    return new HttpControlPlane(config(requestTimeout, urls), JSON);
  }

  private ControlPlaneConfig config(Duration requestTimeout, String... urls) {
    return new ControlPlaneConfig(
        Stream.of(urls).map(URI::create).toList(),
        caFile,
        Duration.ofSeconds(5),
        requestTimeout,
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    controlPlane.close();
    server.stop(0);
  }

  /** The first control plane of the list is away throughout. */
  @Test
  void aNodeEnrolsWithoutACertificateAndThenShowsItsOwn() throws Exception {
    NodeKeys.StoredKey key = NodeKeys.generate();
    controlPlane.become(null);
    assertThatThrownBy(controlPlane::revocations)
        .isInstanceOf(RefusedException.class)
        .hasMessage("/oca/v1/revocations answered 401: no certificate");

    NodeCertificate issued =
        controlPlane.enrol(
            new EnrolmentRequest("token", NodeKeys.certificateRequest(key, "node-7")));
    assertThat(NodeKeys.belong(key, issued.certificateChain())).isTrue();
    controlPlane.become(
        new Identity(
            issued.nodeId(),
            issued.siteId(),
            key,
            issued.certificateChain(),
            issued.notAfter(),
            issued.renewAfter()));

    assertThat(controlPlane.revocations())
        .isEqualTo(new Revocations(1, List.of("CN=node-7"), List.of()));
  }

  /** The first address is nobody's, and the second no certificate's: the name's is shown there. */
  @Test
  void eachAddressOfANameIsTriedUnderTheName_alsoOnceItResolvesNoMore() throws Exception {
    HttpsServer second =
        HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.3"), 0), 0);
    second.setHttpsConfigurator(new HttpsConfigurator(tls));
    second.createContext(
        "/oca/v1/revocations",
        exchange ->
            answer((HttpsExchange) exchange, 200, new Revocations(7, List.of(), List.of())));
    second.start();
    List<InetAddress> addresses = new CopyOnWriteArrayList<>();
    addresses.add(InetAddress.ofLiteral("127.0.0.2"));
    addresses.add(InetAddress.ofLiteral("127.0.0.3"));
    try (HttpControlPlane asked =
        new HttpControlPlane(
            config(Duration.ofSeconds(10), "https://door.test:" + second.getAddress().getPort()),
            JSON,
            name -> {
              if (addresses.isEmpty()) {
                throw new UnknownHostException(name);
              }
              return addresses.toArray(InetAddress[]::new);
            })) {
      asked.become(null);
      assertThat(asked.revocations()).isEqualTo(new Revocations(7, List.of(), List.of()));
      addresses.clear();
      assertThat(asked.revocations()).isEqualTo(new Revocations(7, List.of(), List.of()));
    } finally {
      second.stop(0);
    }
  }

  /** The first call finds out whether it inflates; an older control plane does not say so. */
  @Test
  void bodiesAreCompressedOnceTheControlPlaneSaidThatItInflates() throws Exception {
    List<String> codings = new CopyOnWriteArrayList<>();
    List<Inventory> taken = new CopyOnWriteArrayList<>();
    server.createContext(
        "/oca/v1/inventory",
        exchange -> {
          String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
          codings.add(coding == null ? "none" : coding);
          InputStream body = exchange.getRequestBody();
          taken.add(
              JSON.readValue(coding == null ? body : new GZIPInputStream(body), Inventory.class));
          exchange.getResponseHeaders().set("Accept-Encoding", "gzip");
          answer((HttpsExchange) exchange, 200, "");
        });
    Inventory page = inventory(20);
    controlPlane.become(null);

    controlPlane.inventory(page);
    controlPlane.inventory(page);
    controlPlane.inventory(inventory(0));

    assertThat(codings).containsExactly("none", "gzip", "none");
    assertThat(taken).containsExactly(page, page, inventory(0));
  }

  @Test
  void aControlPlaneThatIsFullSaysWhenToComeAgain() throws Exception {
    server.createContext(
        "/oca/v1/inventory",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "7");
          answer((HttpsExchange) exchange, 503, new Problem("full"));
        });
    controlPlane.become(null);

    assertThatThrownBy(() -> controlPlane.inventory(inventory(0)))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(503);
              assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            });
  }

  private static Inventory inventory(int packages) {
    return new Inventory(
        "node-7",
        1,
        1,
        "digest",
        0,
        1,
        Collections.nCopies(packages, new HeldPackage("title", "p1", "0123456789abcdef")));
  }

  @Test
  void aControlPlaneThatStopsHalfwayIsLeftInTime() throws Exception {
    try (ServerSocket frozen =
            tls.getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpControlPlane asked =
            controlPlane(Duration.ofSeconds(2), "https://127.0.0.1:" + frozen.getLocalPort())) {
      CompletableFuture<Void> ended = halfAnAnswer(frozen);
      asked.become(null);

      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () ->
              assertThatThrownBy(asked::revocations)
                  .hasMessageContaining("no whole answer within PT2S"));
      assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  /**
   * Answers one call with headers and half a body, and nothing after that until its caller ends.
   */
  private static CompletableFuture<Void> halfAnAnswer(ServerSocket listening) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket caller = listening.accept()) {
            InputStream in = caller.getInputStream();
            in.read(new byte[8_192]);
            caller
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf".getBytes(US_ASCII));
            in.transferTo(OutputStream.nullOutputStream());
          } catch (SocketException reset) {
            // Ended as well.
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }

  private void enrol(HttpsExchange exchange) throws IOException {
    EnrolmentRequest request = JSON.readValue(exchange.getRequestBody(), EnrolmentRequest.class);
    try (PEMParser parser = new PEMParser(new StringReader(request.certificateRequest()))) {
      var csr = (PKCS10CertificationRequest) parser.readObject();
      Instant end = Instant.now().plus(Duration.ofDays(1));
      answer(
          exchange,
          200,
          new NodeCertificate(
              "node-7",
              "site",
              pem(certificate("node-7", csr.getSubjectPublicKeyInfo(), false)) + authorityPem,
              end,
              end));
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private void whoAmI(HttpsExchange exchange) throws IOException {
    try {
      String peer = exchange.getSSLSession().getPeerPrincipal().getName();
      answer(exchange, 200, new Revocations(1, List.of(peer), List.of()));
    } catch (SSLPeerUnverifiedException e) {
      answer(exchange, 401, new Problem("no certificate"));
    }
  }

  private record Problem(String detail) {}

  private static void answer(HttpsExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private SSLContext serverTls() throws Exception {
    KeyPair key = key();
    Certificate own =
        x509(
            certificate(
                "door", SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()), false));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "door",
        key.getPrivate(),
        new char[0],
        new Certificate[] {own, NodeKeys.certificates(authorityPem).getFirst()});
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, new char[0]);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", NodeKeys.certificates(authorityPem).getFirst());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
    return tls;
  }

  private byte[] certificate(String name, SubjectPublicKeyInfo key, boolean isAuthority)
      throws Exception {
    return new X509v3CertificateBuilder(
            new X500Name("CN=authority"),
            BigInteger.valueOf(isAuthority ? 1 : System.nanoTime()),
            Date.from(Instant.now().minusSeconds(60)),
            Date.from(Instant.now().plusSeconds(86_400)),
            new X500Name("CN=" + name),
            key)
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority))
        .addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                  new GeneralName(GeneralName.dNSName, "door.test")
                }))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate()))
        .getEncoded();
  }

  private static Certificate x509(byte[] encoded) throws Exception {
    return NodeKeys.certificates(pem(encoded)).getFirst();
  }

  private static String pem(byte[] encoded) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static KeyPair key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
