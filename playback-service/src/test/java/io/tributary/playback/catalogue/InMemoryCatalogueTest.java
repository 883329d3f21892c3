package io.tributary.playback.catalogue;

class InMemoryCatalogueTest extends CatalogueContract {
  private final Catalogue catalogue = new InMemoryCatalogue();

  @Override
  Catalogue catalogue() {
    return catalogue;
  }
}
