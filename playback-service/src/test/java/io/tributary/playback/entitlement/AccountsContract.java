package io.tributary.playback.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of accounts does. Tests use accounts of their own. */
abstract class AccountsContract {
  abstract Accounts accounts();

  @Test
  void whatWasPutIsFoundAndReplacedWhole() {
    accounts().put(new ViewerAccount("ann", Set.of("film", "series")));
    accounts().put(new ViewerAccount("ann", Set.of("news")));

    assertThat(accounts().find("ann")).hasValue(new ViewerAccount("ann", Set.of("news")));
    assertThat(accounts().findFresh("ann")).hasValue(new ViewerAccount("ann", Set.of("news")));
  }

  @Test
  void anAccountWithoutRightsIsStillAnAccount() {
    accounts().put(new ViewerAccount("eve", Set.of()));

    assertThat(accounts().find("eve")).hasValue(new ViewerAccount("eve", Set.of()));
  }

  @Test
  void whatWasRemovedIsGoneAndRemovedOnce() {
    accounts().put(new ViewerAccount("bob", Set.of("*")));

    assertThat(accounts().remove("bob")).isTrue();
    assertThat(accounts().remove("bob")).isFalse();
    assertThat(accounts().find("bob")).isEmpty();
  }

  @Test
  void accountsAreListedByIdInPages() {
    accounts().put(new ViewerAccount("zz2", Set.of("*")));
    accounts().put(new ViewerAccount("zz1", Set.of()));
    accounts().put(new ViewerAccount("zz3", Set.of("a")));

    assertThat(accounts().list("zz", 2))
        .extracting(ViewerAccount::accountId)
        .containsExactly("zz1", "zz2");
    assertThat(accounts().list("zz2", 2)).containsExactly(new ViewerAccount("zz3", Set.of("a")));
  }
}
