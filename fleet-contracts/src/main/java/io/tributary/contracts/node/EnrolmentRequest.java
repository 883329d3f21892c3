package io.tributary.contracts.node;

/**
 * A new node joins: {@code POST /oca/v1/enrolments}, the one call without a client certificate.
 *
 * @param token the one-time enrolment token
 * @param certificateRequest PKCS #10 in PEM; the key never leaves the node
 */
public record EnrolmentRequest(String token, String certificateRequest) {
  /** Never shows the token: this text may reach a log. */
  @Override
  public String toString() {
    return "EnrolmentRequest[]";
  }
}
