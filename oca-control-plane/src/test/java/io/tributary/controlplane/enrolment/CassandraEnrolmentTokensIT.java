package io.tributary.controlplane.enrolment;

import io.tributary.controlplane.store.TestKeyspace;

class CassandraEnrolmentTokensIT extends EnrolmentTokensContract {
  @Override
  EnrolmentTokens tokens() {
    return new CassandraEnrolmentTokens(TestKeyspace.empty());
  }
}
