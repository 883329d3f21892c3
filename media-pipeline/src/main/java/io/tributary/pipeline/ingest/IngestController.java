package io.tributary.pipeline.ingest;

import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.api.ProblemType;
import io.tributary.pipeline.ingest.Answer.Given;
import io.tributary.pipeline.ingest.Answer.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
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

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<?> create(@RequestBody CreateIngest wanted) {
    return answer(desk.create(wanted), HttpStatus.CREATED);
  }

  @GetMapping("/{ingestId}")
  ResponseEntity<?> find(@PathVariable String ingestId) {
    return answer(desk.find(ingestId), HttpStatus.OK);
  }

  @PutMapping("/{ingestId}/parts/{number}")
  ResponseEntity<?> put(
      @PathVariable String ingestId, @PathVariable int number, HttpServletRequest request)
      throws IOException, InterruptedException {
    return answer(desk.put(ingestId, number, request.getInputStream()), HttpStatus.NO_CONTENT);
  }

  @PostMapping("/{ingestId}/complete")
  ResponseEntity<?> complete(@PathVariable String ingestId) {
    return answer(desk.complete(ingestId), HttpStatus.ACCEPTED);
  }

  private static ResponseEntity<?> answer(Answer<Ingest> answer, HttpStatus good) {
    return switch (answer) {
      case Given<Ingest>(Ingest ingest) when good == HttpStatus.NO_CONTENT ->
          ResponseEntity.noContent().build();
      case Given<Ingest>(Ingest ingest) -> ResponseEntity.status(good).body(ingest);
      case Refused<Ingest>(ProblemType type, String detail) -> ProblemAnswers.problem(type, detail);
    };
  }
}
