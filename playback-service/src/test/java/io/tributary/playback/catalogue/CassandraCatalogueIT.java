package io.tributary.playback.catalogue;

import io.tributary.playback.store.TestStore;
import org.junit.jupiter.api.BeforeAll;

class CassandraCatalogueIT extends CatalogueContract {
  private static Catalogue catalogue;

  @BeforeAll
  static void connect() throws Exception {
    catalogue = new CassandraCatalogue(TestStore.connect());
  }

  @Override
  Catalogue catalogue() {
    return catalogue;
  }
}
