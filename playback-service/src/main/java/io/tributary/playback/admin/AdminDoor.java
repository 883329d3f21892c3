package io.tributary.playback.admin;

import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.api.ProblemType;
import io.tributary.playback.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * A second listener for operators: {@code /admin/**} is there and nowhere else, and nothing else is
 * there. So it can be exposed and closed apart from the public API.
 */
public final class AdminDoor
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Filter {
  private static final String PREFIX = "/admin/";

  private final Connector connector;
  private final ProblemWriter problems;

  /**
   * Prepares the listener; the web server opens it.
   *
   * @param port 0 for any free one
   */
  public AdminDoor(String address, int port, ProblemWriter problems) {
    this.connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
    this.problems = problems;
    connector.setPort(port);
    AbstractProtocol<?> protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
    protocol.setExecutor(new VirtualThreadExecutor("admin-"));
    try {
      protocol.setAddress(InetAddress.getByName(address));
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException(
          "playback.admin.address is " + address + " (expected: an address of this machine)",
          unknown);
    }
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addAdditionalConnectors(connector);
  }

  /** The port that was opened; -1 before. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isOperators = BearerFilter.path((HttpServletRequest) request).startsWith(PREFIX);
    if (isOperators == (request.getLocalPort() == port())) {
      chain.doFilter(request, response);
    } else {
      problems.write(
          (HttpServletResponse) response, ProblemType.NOT_FOUND, "there is no such path");
    }
  }
}
