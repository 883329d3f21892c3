package io.tributary.gateway.routes;

import io.tributary.contracts.context.ContextHeaders;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Keeps from the client what only the door may say, or what is nobody's business outside. */
public final class AnswerHeaders implements HttpHeadersFilter {
  private static final Set<String> DROPPED = Set.of("server", "x-content-type-options");

  @Override
  public HttpHeaders filter(HttpHeaders answer, ServerWebExchange exchange) {
    HttpHeaders kept = new HttpHeaders();
    answer.forEach((name, values) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!DROPPED.contains(lower)
          && !lower.startsWith("access-control-")
          && !lower.startsWith(ContextHeaders.PREFIX.toLowerCase(Locale.ROOT))) {
        kept.put(name, values);
      }
    });
    return kept;
  }

  @Override
  public boolean supports(Type type) {
    return type == Type.RESPONSE;
  }
}
