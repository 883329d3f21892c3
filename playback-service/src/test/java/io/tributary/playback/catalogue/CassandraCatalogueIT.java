package io.tributary.playback.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.store.CassandraStore;
import io.tributary.playback.store.TestStore;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CassandraCatalogueIT extends CatalogueContract {
  private static CassandraStore store;
  private static Catalogue catalogue;

  @BeforeAll
  static void connect() throws Exception {
    store = TestStore.connect();
    catalogue = new CassandraCatalogue(store);
  }

  @Override
  Catalogue catalogue() {
    return catalogue;
  }

  /** Every replica brings every fact again at each of its starts. */
  @Test
  void aFactThatIsThereAlreadyIsNotWrittenAgain() {
    PackageRef ref = new PackageRef("once", "p1");
    Instant told = Instant.parse("2026-11-23T12:00:00Z");
    catalogue.publish(new Publication(ref, "Once", 60_000, "hash", told), new byte[0]);
    catalogue.place(ref, told, told);
    long written = chosenAt("once");

    catalogue.place(ref, told, told);

    assertThat(chosenAt("once")).isEqualTo(written);
  }

  private static long chosenAt(String titleId) {
    Row row =
        store
            .run(
                "SELECT WRITETIME(current_package) AS chosen FROM titles"
                    + " WHERE shelf = 'all' AND title_id = ?",
                titleId)
            .one();
    return Objects.requireNonNull(row, "the title's row").getLong("chosen");
  }
}
