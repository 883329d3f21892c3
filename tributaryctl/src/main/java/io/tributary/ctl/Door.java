package io.tributary.ctl;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The admin client, opened by the first verb that needs it: {@code --help} needs no token. */
final class Door {
  private final Supplier<AdminClient> opener;
  private @Nullable AdminClient client;

  Door(Supplier<AdminClient> opener) {
    this.opener = opener;
  }

  AdminClient open() {
    if (client == null) {
      client = opener.get();
    }
    return client;
  }
}
