package io.tributary.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AccessRuleTest {
  private final TestIssuer issuer = TestIssuer.withKey("k1");
  private final String viewer = "Bearer " + issuer.token(UnaryOperator.identity());
  private final String admin =
      "Bearer " + issuer.token(claims -> claims.claim("roles", List.of("admin")));
  private final BearerVerifier verifier =
      new BearerVerifier(
          "tributary", Map.of(TestIssuer.ISSUER, keys(issuer)), () -> TestIssuer.NOW);

  @Test
  void whereACallerIsOptional_anonymousPasses_butABadTokenDoesNot() {
    AccessRule rule = new AccessRule.CallerIfShown();

    assertEquals(new Admission.Admitted(null), rule.admit(verifier, List.of()));
    assertInstanceOf(Admission.Admitted.class, rule.admit(verifier, List.of(viewer)));
    assertInstanceOf(Admission.Unauthenticated.class, rule.admit(verifier, List.of(viewer + "x")));
  }

  @Test
  void whereACallerIsNeeded_theChallengeNamesAnErrorOnlyIfATokenWasShown() {
    AccessRule rule = new AccessRule.AnyCaller();

    var missing =
        assertInstanceOf(Admission.Unauthenticated.class, rule.admit(verifier, List.of()));
    assertEquals("Bearer realm=\"tributary\"", missing.challenge());
    var bad =
        assertInstanceOf(
            Admission.Unauthenticated.class, rule.admit(verifier, List.of("Bearer x")));
    assertEquals("Bearer realm=\"tributary\", error=\"invalid_token\"", bad.challenge());
  }

  @Test
  void whereARoleIsNeeded_othersAreForbidden() {
    AccessRule rule = AccessRule.operators();

    assertEquals(
        new Admission.Forbidden(
            new Caller("demo", Set.of(Role.VIEWER), TestIssuer.ISSUER),
            "roles are viewer (expected: one of operator, admin)"),
        rule.admit(verifier, List.of(viewer)));
    assertInstanceOf(Admission.Admitted.class, rule.admit(verifier, List.of(admin)));
  }

  @Test
  void twoAuthorizationHeaders_areRefused() {
    assertInstanceOf(
        Admission.Unauthenticated.class,
        new AccessRule.AnyCaller().admit(verifier, List.of(viewer, admin)));
  }

  @Test
  void whereThePathIsOpen_aBadTokenIsNotLookedAt() {
    assertEquals(
        new Admission.Admitted(null),
        new AccessRule.Open().admit(verifier, List.of("Bearer garbage")));
  }

  private static IssuerKeys keys(TestIssuer issuer) {
    try {
      List<VerificationKey> keys = VerificationKey.parse(issuer.jwks());
      return new IssuerKeys() {
        @Override
        public List<VerificationKey> current() {
          return keys;
        }

        @Override
        public void missed() {}
      };
    } catch (ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
