package io.tributary.oca.check;

import io.tributary.oca.check.DoorFacts.Look;
import io.tributary.oca.check.DoorFacts.Told;
import io.tributary.oca.heartbeat.ControlPlaneConfig;
import io.tributary.oca.heartbeat.DoorQuestion;
import io.tributary.oca.heartbeat.KeptIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls a node door twice. First step by step and as nobody, noting what goes wrong instead of
 * giving up, so that a wrong certificate can be shown and a wrong clock be seen; no secret is sent.
 * Then as the node itself does.
 */
final class DoorProbe {
  private static final Duration MAX_STEP = Duration.ofSeconds(5);
  private static final Duration MAX_LOOK = Duration.ofSeconds(8);
  private static final int HTTPS = 443;

  private final ControlPlaneConfig config;
  private final List<X509Certificate> authorities;
  private final @Nullable KeptIdentity identity;
  private final JsonMapper json;
  private final InstantSource clock;

  DoorProbe(
      ControlPlaneConfig config,
      List<X509Certificate> authorities,
      @Nullable KeptIdentity identity,
      JsonMapper json,
      InstantSource clock) {
    this.config = config;
    this.authorities = authorities;
    this.identity = identity;
    this.json = json;
    this.clock = clock;
  }

  static String door(URI url) {
    return url.getHost() + ":" + port(url);
  }

  private static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : HTTPS;
  }

  /** The proxy that the node's own client takes for this URL; null when it goes straight. */
  static @Nullable InetSocketAddress proxy(URI url) {
    ProxySelector selector = ProxySelector.getDefault();
    if (selector == null) {
      return null;
    }
    Proxy first = selector.select(url).getFirst();
    return first.type() == Proxy.Type.HTTP && first.address() instanceof InetSocketAddress address
        ? address
        : null;
  }

  DoorFacts look(URI url) throws InterruptedException {
    InetSocketAddress proxy = proxy(url);
    return new DoorFacts(
        door(url),
        proxy == null ? null : proxy.getHostString() + ":" + proxy.getPort(),
        met(url, proxy));
  }

  private Look met(URI url, @Nullable InetSocketAddress proxy) throws InterruptedException {
    Recorded recorded = new Recorded(trust());
    long begun = System.nanoTime();
    long connectMillis;
    long tlsMillis;
    Told told;
    try (Socket plain =
            proxy == null
                ? new Socket()
                : new Socket(
                    new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(proxy.getHostString(), proxy.getPort())));
        Watchdog _ = new Watchdog(plain)) {
      try {
        connect(plain, url, proxy != null);
      } catch (IOException e) {
        return new Look.Unreached(words(e));
      }
      connectMillis = millisSince(begun);
      long handshake = System.nanoTime();
      try {
        SSLSocket tls = handshake(plain, url, recorded);
        tlsMillis = millisSince(handshake);
        told = told(tls, url);
      } catch (IOException | GeneralSecurityException e) {
        return new Look.NoTls(connectMillis, words(e));
      }
    } catch (IOException e) {
      return new Look.Unreached(words(e));
    }
    X509Certificate shown = recorded.shown;
    if (shown == null) {
      return new Look.NoTls(connectMillis, "no certificate was shown");
    }
    return new Look.Met(
        connectMillis,
        tlsMillis,
        shown,
        recorded.chainTrouble,
        recorded.nameTrouble,
        told,
        DoorQuestion.ask(only(url), identity, json));
  }

  private void connect(Socket plain, URI url, boolean isProxied) throws IOException {
    plain.setSoTimeout((int) MAX_STEP.toMillis());
    String host = NameProbe.bare(url.getHost());
    // A proxy looks the name up itself.
    SocketAddress address =
        isProxied
            ? InetSocketAddress.createUnresolved(host, port(url))
            : new InetSocketAddress(host, port(url));
    if (address instanceof InetSocketAddress inet && inet.isUnresolved() && !isProxied) {
      throw new IOException("its name does not resolve");
    }
    plain.connect(address, (int) min(config.connectTimeout(), MAX_STEP).toMillis());
  }

  private static SSLSocket handshake(Socket plain, URI url, Recorded recorded)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {recorded}, null);
    SSLSocket tls =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(plain, NameProbe.bare(url.getHost()), port(url), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  /** What time it is there; null when no HTTP answer came that told it. */
  private @Nullable Told told(SSLSocket tls, URI url) {
    try {
      Instant asked = clock.instant();
      HttpHead.ask(tls.getOutputStream(), "/oca/v1/revocations", url.getAuthority());
      Instant date = date(HttpHead.field(HttpHead.read(tls.getInputStream()), "Date"));
      Duration roundTrip = Duration.between(asked, clock.instant());
      return date == null ? null : new Told(date, asked.plus(roundTrip.dividedBy(2)), roundTrip);
    } catch (IOException e) {
      // A door that asks for a certificate in TLS already says so here; the question tells.
      return null;
    }
  }

  private static @Nullable Instant date(@Nullable String text) {
    try {
      return text == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private ControlPlaneConfig only(URI url) {
    return new ControlPlaneConfig(
        List.of(url),
        config.caFile(),
        min(config.connectTimeout(), MAX_STEP),
        min(config.requestTimeout(), MAX_STEP),
        config.firstRetryWait(),
        config.maxRetryWait(),
        config.maxAbsence());
  }

  /** Null when the node has no authority to believe. */
  private @Nullable X509ExtendedTrustManager trust() {
    if (authorities.isEmpty()) {
      return null;
    }
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int number = 0;
      for (X509Certificate authority : authorities) {
        trusted.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      return null;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK has no trust manager", e);
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static long millisSince(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static String words(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Closes a call that takes too long as a whole: a socket's own timeout is for each read. */
  private static final class Watchdog implements AutoCloseable {
    private final ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("oca-check-watch").factory());

    Watchdog(Socket watched) {
      var _ =
          timer.schedule(
              () -> {
                watched.close();
                return true;
              },
              MAX_LOOK.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
      timer.shutdownNow();
    }
  }

  /**
   * Lets any certificate through and notes what the node's own trust says of it: nothing but a
   * question without a secret follows.
   */
  private static final class Recorded extends X509ExtendedTrustManager {
    private final @Nullable X509ExtendedTrustManager real;
    private @Nullable X509Certificate shown;
    private @Nullable String chainTrouble = "nothing was shown";
    private @Nullable String nameTrouble;

    Recorded(@Nullable X509ExtendedTrustManager real) {
      this.real = real;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
      shown = chain[0];
      if (real == null) {
        chainTrouble = "this node has no authority to believe";
        return;
      }
      try {
        real.checkServerTrusted(chain, authType);
        chainTrouble = null;
      } catch (CertificateException e) {
        chainTrouble = words(e);
        return;
      }
      try {
        real.checkServerTrusted(chain, authType, socket);
      } catch (CertificateException e) {
        nameTrouble = words(e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("only sockets are used here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("only sockets are used here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this side only calls");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("this side only calls");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this side only calls");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return real == null ? new X509Certificate[0] : real.getAcceptedIssuers();
    }
  }
}
