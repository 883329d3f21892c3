package io.tributary.pipeline.ingest;

import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import io.tributary.pipeline.ingest.Answer.Given;
import io.tributary.pipeline.ingest.Answer.Refused;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The admin door's ingests: HTTP to and from {@link IngestDesk}. */
@RestController
@RequestMapping("/admin/v1/ingests")
public final class IngestController {
  private final IngestDesk desk;

  /** Answers from this desk. */
  public IngestController(IngestDesk desk) {
    this.desk = desk;
  }

  /**
   * Announces a source. Its bytes follow in parts; then the ingest is to be completed.
   *
   * @return The ingest, waiting for parts of {@code partBytes}.
   */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Refuses(ProblemType.INVALID)
  Ingest createIngest(@RequestBody CreateIngest wanted) {
    return given(desk.create(wanted));
  }

  /**
   * Shows how far an ingest is.
   *
   * @param ingestId the ingest
   * @return The ingest.
   */
  @GetMapping("/{ingestId}")
  @Refuses(ProblemType.NOT_FOUND)
  Ingest getIngest(@PathVariable String ingestId) {
    return given(desk.find(ingestId));
  }

  /**
   * Takes a part of the source, in any order. Safe to repeat. Every part but the last has exactly
   * {@code partBytes}.
   *
   * @param ingestId the ingest
   * @param number of the part, from 1
   * @param body the part's bytes
   */
  @PutMapping("/{ingestId}/parts/{number}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Refuses({
    ProblemType.INVALID,
    ProblemType.NOT_FOUND,
    ProblemType.CONFLICT,
    ProblemType.BODY_TOO_LARGE,
    ProblemType.OVERLOADED
  })
  void putPart(@PathVariable String ingestId, @PathVariable int number, InputStream body)
      throws IOException, InterruptedException {
    var _ = given(desk.put(ingestId, number, body));
  }

  /**
   * Ends the upload once every part is there. The source is then transcoded and published. Safe to
   * repeat.
   *
   * @param ingestId the ingest
   * @return The ingest, on its way.
   */
  @PostMapping("/{ingestId}/complete")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Refuses({ProblemType.INVALID, ProblemType.NOT_FOUND, ProblemType.UNAVAILABLE})
  Ingest completeIngest(@PathVariable String ingestId) {
    return given(desk.complete(ingestId));
  }

  private static Ingest given(Answer<Ingest> answer) {
    return switch (answer) {
      case Given<Ingest>(Ingest ingest) -> ingest;
      case Refused<Ingest>(ProblemType type, String detail) ->
          throw new RefusedException(type, detail);
    };
  }
}
