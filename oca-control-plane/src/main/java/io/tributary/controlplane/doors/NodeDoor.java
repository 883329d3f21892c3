package io.tributary.controlplane.doors;

import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.NodeIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * The second listener: TLS 1.2 and 1.3, asking every client for a certificate. TLS proves that a
 * client has its certificate's key; whether the certificate is one of ours is decided once, in
 * {@link NodeDoorFilter}, so that a foreign one gets an answer that says so.
 */
public final class NodeDoor {
  /** Every path behind it starts so. */
  public static final String PATHS = "/oca/";

  static final String IDENTITY = NodeIdentity.class.getName();

  private static final int TIMEOUT_MILLIS = 20_000;

  /**
   * Newcomers that the kernel keeps waiting, as far as it is let; the next ones it leaves to try
   * again. More would wait longer than a node does.
   */
  private static final int WAITING = 1_024;

  private final Http11NioProtocol protocol;
  private final Connector connector;
  private final HandshakePace pace;
  private final DoorAdmission admission;

  public NodeDoor(NodeDoorConfig config, AuthorityKeys keys, Supplier<RandomGenerator> random) {
    admission = new DoorAdmission(config.maxInWork(), config.retrySpread(), random);
    pace = new HandshakePace(config.maxHandshakes());
    protocol = new Http11NioProtocol(new PacedEndpoint(pace));
    try {
      protocol.setAddress(InetAddress.getByName(config.address()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "control-plane.node-door.address is " + config.address() + " (expected: an address here)",
          e);
    }
    protocol.setSSLEnabled(true);
    // What strangers can open is bounded with it.
    protocol.setMaxConnections(config.maxConnections());
    protocol.setAcceptCount(WAITING);
    protocol.setConnectionTimeout(TIMEOUT_MILLIS);
    // Longer than any heartbeat interval: a node keeps its connection, and its handshake.
    protocol.setKeepAliveTimeout(15 * 60_000);
    protocol.setMaxKeepAliveRequests(-1);
    protocol.setExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("node-door-", 0).factory()));
    protocol.addSslHostConfig(tls(keys));
    connector = new Connector(protocol);
    connector.setPort(config.port());
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setXpoweredBy(false);
  }

  private static SSLHostConfig tls(AuthorityKeys keys) {
    var host = new SSLHostConfig();
    host.setProtocols("TLSv1.2+TLSv1.3");
    host.setCertificateVerification("optionalNoCA");
    host.setTrustManagerClassName(AnyCertificate.class.getName());
    var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystore(keys.store());
    certificate.setCertificateKeystorePassword(keys.password());
    certificate.setCertificateKeyPassword(keys.password());
    certificate.setCertificateKeyAlias(AuthorityKeys.NODE_DOOR);
    host.addCertificate(certificate);
    return host;
  }

  /** For the web server to open. */
  public Connector connector() {
    return connector;
  }

  /** How many connections are open now, with the one that is waited for. */
  public long connections() {
    return protocol.getConnectionCount();
  }

  /** How many may be open at once; one more waits until another is closed. */
  public int maxConnections() {
    return protocol.getMaxConnections();
  }

  /** How many handshakes are under way, with the one that is waited for. */
  public int handshakes() {
    return pace.taken();
  }

  /** How many requests it works on now. */
  public int inWork() {
    return admission.inWork();
  }

  /** How many requests it was too busy for since the start. */
  public long refused() {
    return admission.refused();
  }

  DoorAdmission admission() {
    return admission;
  }

  /** The port it listens at; -1 before it does. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Whether a request came in through this door. */
  public boolean isWhereThisCame(HttpServletRequest request) {
    return request.getLocalPort() == port();
  }

  /** The node that sent a request which {@link NodeDoorFilter} let pass. */
  public static NodeIdentity node(HttpServletRequest request) {
    return (NodeIdentity)
        Objects.requireNonNull(request.getAttribute(IDENTITY), "not let in by the filter");
  }
}
