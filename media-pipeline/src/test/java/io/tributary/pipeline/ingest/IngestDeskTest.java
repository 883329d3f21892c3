package io.tributary.pipeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import io.tributary.contracts.api.ProblemType;
import io.tributary.pipeline.ingest.Answer.Given;
import io.tributary.pipeline.ingest.Answer.Refused;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IngestDeskTest {
  private static final int PART = IngestDesk.PART_BYTES;

  private final List<IngestRecord> woken = new ArrayList<>();
  private final InMemoryIngests ingests = new InMemoryIngests();
  private final InMemoryStaging staging = new InMemoryStaging();
  private final IngestDesk desk =
      new IngestDesk(
          ingests,
          staging,
          IngestConfig.DEFAULTS,
          InstantSource.fixed(Instant.EPOCH),
          new Random(1),
          woken::add);

  @Test
  void partsComeInAnyOrderAndAsOftenAsTheyLike() throws Exception {
    String id = announced(2L * PART + 5);

    put(id, 3, 5);
    put(id, 1, PART);
    put(id, 1, PART);
    assertThat(desk.complete(id))
        .isEqualTo(
            new Refused<Ingest>(
                ProblemType.INVALID, "parts are 2 of 3 (expected: all; missing: 2)"));
    put(id, 2, PART);

    assertThat(state(desk.complete(id))).isEqualTo(IngestState.QUEUED);
    assertThat(state(desk.complete(id))).isEqualTo(IngestState.QUEUED);
    assertThat(woken).hasSize(1);
  }

  @Test
  void aPartOfTheWrongSizeIsRefused() throws Exception {
    String id = announced(PART + 5L);

    assertThat(desk.put(id, 2, new ByteArrayInputStream(new byte[6])))
        .isEqualTo(
            new Refused<Ingest>(
                ProblemType.BODY_TOO_LARGE, "part 2 has more than 5 bytes (expected: 5)"));
    assertThat(desk.put(id, 2, new ByteArrayInputStream(new byte[4])))
        .isEqualTo(
            new Refused<Ingest>(ProblemType.INVALID, "part 2 is 4 bytes (expected: 5 bytes)"));
    assertThat(desk.put(id, 3, new ByteArrayInputStream(new byte[4])))
        .isEqualTo(new Refused<Ingest>(ProblemType.INVALID, "part is 3 (expected: 1 to 2)"));
  }

  @Test
  void anEmptyFileIsCalledSo() {
    assertThat(desk.create(new CreateIngest("a", null, "a.mp4", 0)))
        .isEqualTo(
            new Refused<Ingest>(
                ProblemType.INVALID, "bytes is 0 (expected: at least 1: the file is empty)"));
  }

  @Test
  void anIdThatIsNoIdIsRefused() {
    assertThat(desk.create(new CreateIngest("../a", null, "a.mp4", 1)))
        .isEqualTo(
            new Refused<Ingest>(
                ProblemType.INVALID, "titleId is ../a (expected: [a-z0-9][a-z0-9-]{0,63})"));
  }

  @Test
  void anUploadBeginsOnlyOnceItsRecordIsThereToFindItBy() throws Exception {
    staging.setAway(true);

    assertThatThrownBy(() -> desk.create(new CreateIngest("a-title", null, "a.mp4", 1)))
        .isInstanceOf(StoreUnavailableException.class);

    String id = ingests.open().getFirst().ingestId();
    assertThat(state(desk.find(id))).isEqualTo(IngestState.UPLOADING);
    Refused<Ingest> neverBegan =
        new Refused<>(
            ProblemType.CONFLICT,
            "the upload of ingest " + id + " never began (expected: a new ingest)");
    assertThat(desk.put(id, 1, new ByteArrayInputStream(new byte[1]))).isEqualTo(neverBegan);
    assertThat(desk.complete(id)).isEqualTo(neverBegan);
  }

  private String announced(long bytes) {
    return given(desk.create(new CreateIngest("a-title", null, "a.mp4", bytes))).ingestId();
  }

  private void put(String id, int number, int bytes) throws Exception {
    given(desk.put(id, number, new ByteArrayInputStream(new byte[bytes])));
  }

  private static IngestState state(Answer<Ingest> answer) {
    return given(answer).state();
  }

  private static Ingest given(Answer<Ingest> answer) {
    assertThat(answer).isInstanceOf(Given.class);
    return ((Given<Ingest>) answer).value();
  }
}
