package io.tributary.gateway.doors;

import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * Lets pages of any origin use the public API: it knows its callers by bearer tokens alone, never
 * by cookies, so a foreign page can do nothing with a viewer's browser that it could not do itself.
 */
final class CrossOrigin {
  /** Chromium's cap: two hours. */
  private static final String MAX_AGE_SECONDS = "7200";

  private CrossOrigin() {}

  static boolean isPreflight(HttpHeaders request) {
    return request.containsHeader("Origin")
        && request.containsHeader("Access-Control-Request-Method");
  }

  static void allow(HttpHeaders answer) {
    answer.set("Access-Control-Allow-Origin", "*");
    answer.set("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate");
  }

  static void allowPreflight(HttpHeaders answer, Set<String> methods) {
    allow(answer);
    answer.set(
        "Access-Control-Allow-Methods", String.join(", ", methods.stream().sorted().toList()));
    answer.set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
    answer.set("Access-Control-Max-Age", MAX_AGE_SECONDS);
  }
}
