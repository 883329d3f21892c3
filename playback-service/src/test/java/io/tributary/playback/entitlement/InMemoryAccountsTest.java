package io.tributary.playback.entitlement;

class InMemoryAccountsTest extends AccountsContract {
  private final Accounts accounts = new InMemoryAccounts();

  @Override
  Accounts accounts() {
    return accounts;
  }
}
