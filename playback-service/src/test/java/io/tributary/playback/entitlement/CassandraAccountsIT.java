package io.tributary.playback.entitlement;

import io.tributary.playback.store.TestStore;
import org.junit.jupiter.api.BeforeAll;

class CassandraAccountsIT extends AccountsContract {
  private static Accounts accounts;

  @BeforeAll
  static void connect() throws Exception {
    accounts = new CassandraAccounts(TestStore.connect());
  }

  @Override
  Accounts accounts() {
    return accounts;
  }
}
