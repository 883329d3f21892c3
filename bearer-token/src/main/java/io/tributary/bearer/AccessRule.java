package io.tributary.bearer;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a path asks of its callers: one way to decide it for every door. */
public sealed interface AccessRule {

  /** Anybody; a token is not even looked at. */
  record Open() implements AccessRule {}

  /** Anybody; but who shows a token shows a good one. */
  record CallerIfShown() implements AccessRule {}

  /** Whoever has a good token. */
  record AnyCaller() implements AccessRule {}

  /** Whoever has a good token with one of these roles. */
  record AnyRole(Set<Role> roles) implements AccessRule {
    public AnyRole {
      roles = Set.copyOf(roles);
    }
  }

  /** The rule of {@code /admin/v1/**}. */
  static AccessRule operators() {
    return new AnyRole(EnumSet.of(Role.OPERATOR, Role.ADMIN));
  }

  /**
   * Decides about one request.
   *
   * @param authorization the values of its {@code Authorization} headers: none, or the one; more
   *     are refused, because the next reader might believe another one
   */
  default Admission admit(BearerVerifier verifier, List<String> authorization) {
    if (this instanceof Open || (this instanceof CallerIfShown && authorization.isEmpty())) {
      return new Admission.Admitted(null);
    }
    if (authorization.size() > 1) {
      return new Admission.Unauthenticated(
          "Authorization comes " + authorization.size() + " times (expected: once)", true);
    }
    @Nullable String header = authorization.isEmpty() ? null : authorization.getFirst();
    return switch (verifier.verify(header)) {
      case Verdict.Refused(String reason) -> new Admission.Unauthenticated(reason, header != null);
      case Verdict.Known(Caller caller) ->
          this instanceof AnyRole(Set<Role> roles) && !caller.hasAnyOf(roles)
              ? new Admission.Forbidden(
                  caller,
                  "roles are " + words(caller.roles()) + " (expected: one of " + words(roles) + ")")
              : new Admission.Admitted(caller);
    };
  }

  private static String words(Set<Role> roles) {
    return roles.isEmpty()
        ? "empty"
        : roles.stream().sorted().map(Role::claim).collect(Collectors.joining(", "));
  }
}
