package io.tributary.bearer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tributary.bearer.AccessRule;
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.Caller;
import io.tributary.bearer.IdentityConfig;
import io.tributary.bearer.Issuer;
import io.tributary.bearer.Role;
import io.tributary.bearer.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BearerFilterTest {
  private final TestIssuer issuer = TestIssuer.withKey("k1");
  private final MockHttpServletRequest request =
      new MockHttpServletRequest("GET", "/admin/v1/titles");
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final MockFilterChain chain = new MockFilterChain();
  private BearerVerifier verifier;

  @BeforeEach
  void trustTheIssuer(@TempDir Path folder) throws Exception {
    Path jwks = Files.writeString(folder.resolve("jwks.json"), issuer.jwks());
    verifier =
        new BearerVerifier(
            new IdentityConfig(List.of(new Issuer(TestIssuer.ISSUER, jwks.toUri())), "tributary"),
            () -> TestIssuer.NOW);
  }

  @Test
  void whenTheTokenIsGood_thenTheCallerTravelsWithTheRequest() throws Exception {
    request.addHeader("Authorization", "Bearer " + issuer.token(UnaryOperator.identity()));

    filter(new AccessRule.AnyCaller()).doFilter(request, response, chain);

    assertEquals(
        Optional.of(new Caller("demo", Set.of(Role.VIEWER), TestIssuer.ISSUER)),
        BearerFilter.caller(request));
    assertNotNull(chain.getRequest());
  }

  @Test
  void whenThereIsNoToken_thenAProblemIsAnswered_andNobodyElseSeesTheRequest() throws Exception {
    filter(new AccessRule.AnyCaller()).doFilter(request, response, chain);

    assertNull(chain.getRequest());
    assertEquals(401, response.getStatus());
    assertEquals("application/problem+json", response.getContentType());
    assertEquals("Bearer realm=\"tributary\"", response.getHeader("WWW-Authenticate"));
    assertEquals(
        "{\"type\":\"urn:tributary:problem:unauthenticated\",\"title\":\"Unauthenticated\","
            + "\"status\":401,\"detail\":\"Authorization is missing (expected: Bearer and a token)\","
            + "\"retryable\":false}",
        response.getContentAsString());
  }

  @Test
  void whenTheRoleIsLacking_thenItIsForbidden() throws Exception {
    request.addHeader("Authorization", "Bearer " + issuer.token(UnaryOperator.identity()));

    filter(AccessRule.operators()).doFilter(request, response, chain);

    assertNull(chain.getRequest());
    assertEquals(403, response.getStatus());
    assertThat(response.getContentAsString())
        .contains("urn:tributary:problem:forbidden", "roles are viewer");
  }

  private BearerFilter filter(AccessRule rule) {
    return new BearerFilter(verifier, any -> rule);
  }
}
