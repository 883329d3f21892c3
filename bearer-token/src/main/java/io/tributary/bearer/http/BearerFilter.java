package io.tributary.bearer.http;

import io.tributary.bearer.AccessRule;
import io.tributary.bearer.Admission;
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.Caller;
import io.tributary.contracts.api.ProblemType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in by their bearer token. A refused one is answered here, as problem+json with
 * {@code WWW-Authenticate}; one that passes carries its {@link Caller} as an attribute.
 *
 * <p>Stateless but for the verifier; safe for use by many threads.
 */
public final class BearerFilter implements Filter {
  private static final String CALLER = Caller.class.getName();

  private final BearerVerifier verifier;
  private final Function<HttpServletRequest, AccessRule> rules;

  /**
   * Guards a servlet context.
   *
   * @param rules what a request must show; decide by {@link #path}, never by the raw URI
   */
  public BearerFilter(BearerVerifier verifier, Function<HttpServletRequest, AccessRule> rules) {
    this.verifier = verifier;
    this.rules = rules;
  }

  /** The path that the container will route by: decoded, and without {@code ..} or parameters. */
  public static String path(HttpServletRequest request) {
    String pathInfo = request.getPathInfo();
    return pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
  }

  /** Who sent this request; empty if its rule lets in callers without a token, and it has none. */
  public static Optional<Caller> caller(HttpServletRequest request) {
    return Optional.ofNullable((@Nullable Caller) request.getAttribute(CALLER));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    List<String> authorization = Collections.list(http.getHeaders("Authorization"));
    switch (rules.apply(http).admit(verifier, authorization)) {
      case Admission.Admitted(@Nullable Caller caller) -> {
        http.setAttribute(CALLER, caller);
        chain.doFilter(request, response);
      }
      case Admission.Unauthenticated refused ->
          refuse(
              (HttpServletResponse) response,
              ProblemType.UNAUTHENTICATED,
              "Unauthenticated",
              refused.reason(),
              refused.challenge());
      case Admission.Forbidden refused ->
          refuse(
              (HttpServletResponse) response,
              ProblemType.FORBIDDEN,
              "Forbidden",
              refused.reason(),
              refused.challenge());
    }
  }

  private static void refuse(
      HttpServletResponse response, ProblemType type, String title, String detail, String challenge)
      throws IOException {
    // Written by hand: two fixed shapes do not justify a JSON library here.
    String body =
        "{\"type\":\""
            + type.uri()
            + "\",\"title\":\""
            + title
            + "\",\"status\":"
            + type.status()
            + ",\"detail\":\""
            + escaped(detail)
            + "\",\"retryable\":"
            + type.retryable()
            + "}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(type.status());
    response.setHeader("WWW-Authenticate", challenge);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }
}
