package io.tributary.controlplane.enrolment;

class InMemoryEnrolmentTokensTest extends EnrolmentTokensContract {
  @Override
  EnrolmentTokens tokens() {
    return new InMemoryEnrolmentTokens();
  }
}
